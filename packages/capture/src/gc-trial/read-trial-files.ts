import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GcTrialCollections, GcTrialProcess } from '@heaptrail/core';

/** What one Python process has left of a run (agents/python/heaptrail/collector/trial). */
export interface TrialFile extends GcTrialProcess {
  readonly ended: boolean;
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly collections: GcTrialCollections | undefined;
}

/** Every whole file of the folder; one that is damaged is left out, as if its process had not ended. */
export function readTrialFiles(folder: string): TrialFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')))
    .filter((file) => file !== undefined);
}

function parse(text: string): TrialFile | undefined {
  let data: Record<string, unknown>;
  try {
    data = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (data.v !== 1 || typeof data.implementation !== 'string' || typeof data.python !== 'string') return undefined;
  return {
    ended: data.ended === true,
    implementation: data.implementation,
    python: data.python,
    reason: typeof data.reason === 'string' ? data.reason : '',
    thresholds: numbers(data.thresholds),
    enabled: data.enabled !== false,
    frozenAfterMs: typeof data.frozenAfterMs === 'number' ? data.frozenAfterMs : undefined,
    cpuMs: number(data.cpuMs),
    peakRssBytes: number(data.peakRssBytes),
    collections: collections(data),
  };
}

function collections({ pauses, pauseMs, longestPauseMs, collected }: Record<string, unknown>): GcTrialCollections | undefined {
  const counts = numbers(pauses);
  if (counts === undefined) return undefined;
  return {
    pauses: sum(counts),
    totalMs: sum(numbers(pauseMs) ?? []),
    longestMs: number(longestPauseMs),
    collectedObjects: sum(numbers(collected) ?? []),
  };
}

function numbers(value: unknown): number[] | undefined {
  return Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : undefined;
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
