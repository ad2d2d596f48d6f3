import type { Series } from '../report/index.ts';
import type { SessionProcess } from './session.ts';

export function seriesOfProcess(_process: SessionProcess, _fromMs: number): readonly Series[] {
  return [];
}
