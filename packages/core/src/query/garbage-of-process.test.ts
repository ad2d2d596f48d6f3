import { describe, expect, it } from 'vitest';
import { garbageOfProcess } from './garbage-of-process.ts';
import type { SessionProcess } from './session.ts';

const process = (blocks: readonly number[], fullCollections: readonly number[]): SessionProcess =>
  ({
    samples: blocks.map((count, i) => ({ atMs: i * 1000, blocks: count, gcCollections: [0, 0, fullCollections[i]] })),
  }) as unknown as SessionProcess;

const readings = (...objects: number[]): { atMs: number; objects: number }[] =>
  objects.map((count, i) => ({ atMs: i * 1000, objects: count }));

describe('garbage that waits for the collector', () => {
  it('explains memory that grows between two full collections', () => {
    expect(garbageOfProcess(process([100_000, 108_000], [1, 2]), readings(500, 8000))).toMatchObject({ explains: true });
  });

  it('explains nothing when no full collection came by: the collector may be switched off', () => {
    const answer = garbageOfProcess(process([100_000, 108_000], [1, 1]), readings(500, 8000));
    expect(answer.explains).toBe(false);
    expect(answer.note).toContain('no full collection came by');
  });

  it('explains nothing when more grows than the garbage', () => {
    expect(garbageOfProcess(process([100_000, 200_000], [1, 2]), readings(500, 8000)).explains).toBe(false);
  });

  it('is not mentioned when there is little', () => {
    expect(garbageOfProcess(process([100_000, 100_100], [1, 2]), readings(500, 600))).toEqual({ explains: false, note: undefined });
  });
});
