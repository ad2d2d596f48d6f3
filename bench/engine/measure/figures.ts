import type { Measured } from './run-measured.ts';
import type { OurMeasured } from './measure-tools.ts';

/** All that was measured on the snapshots of one size. What was not measured (rivals left out) is not there. */
export interface SizeFigures {
  readonly name: string;
  readonly fileBytes: number;
  readonly analyse: OurMeasured;
  readonly growth: OurMeasured;
  readonly save: OurMeasured;
  readonly reopen: OurMeasured;
  readonly devTools?: Measured;
  readonly devToolsSameOutputs?: Measured;
  readonly memlabObjectSize?: Measured;
  readonly memlabFindLeaks?: Measured;
}

export interface FileFigures {
  readonly name: string;
  readonly fileBytes: number;
  readonly analyse: OurMeasured;
}

export interface EngineFigures {
  readonly node: string;
  readonly start: Measured;
  readonly sizes: readonly SizeFigures[];
  readonly multiplied?: FileFigures;
  readonly dumps: readonly FileFigures[];
}
