import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectionOf } from './collection.ts';

const program = (name: string): string => fileURLToPath(new URL(`./testing/${name}.ts`, import.meta.url));

describe('the collection test', () => {
  it('finds nothing left of a program that lets go', async () => {
    const { leftovers, counts, count, tables } = await collectionOf(program('safe'));
    expect(leftovers).toEqual([]);
    expect(count('Session')).toBe(0);
    expect(counts).toHaveLength(4);
    expect(tables).toEqual(Array.from({ length: 20 }, () => ({ sessions: 0 })));
  });

  it('finds objects and table entries that stay, round by round', async () => {
    const { leftovers, clean, count } = await collectionOf(program('leaky'), { rounds: 8, snapshotAfter: [2, 8] });
    expect(clean).toBe(false);
    expect(count('Session')).toBe(800);
    expect(leftovers).toEqual(['table sessions: 200 300 400 500 600 700 800', 'Session: 200 after round 2, 800 after round 8']);
  });

  it('finds finalizers that pile up although no object does', async () => {
    const { leftovers } = await collectionOf(program('registrations'), { rounds: 8, snapshotAfter: [2, 8] });
    expect(leftovers).toEqual([expect.stringContaining('cells of finalizers')]);
  });

  it('finds a timer that keeps the process alive', async () => {
    const { leftovers } = await collectionOf(program('timer'), { rounds: 3, snapshotAfter: [2, 3] });
    expect(leftovers).toEqual(['process kept alive by Timeout']);
  });

  it('tells what a program died of, and leaves no files', async () => {
    await expect(collectionOf(program('dies'), { rounds: 1 })).rejects.toThrow('no room left');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`heaptrail-collection-${process.pid}-`))).toEqual([]);
  });
});
