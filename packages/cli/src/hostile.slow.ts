import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistogramAnswer, PathAnswer } from '@heaptrail/core';
import { runMeasured } from '../../../bench/engine/measure/run-measured.ts';
import { writeSnapshot } from '../../core/src/formats/v8-heapsnapshot/testing/small-snapshot.ts';

const BIN = fileURLToPath(new URL('../bin/heaptrail.mjs', import.meta.url));
const STRINGS = 1e8;
const PIECE = 2 ** 18;
/** An index of the strings: where each begins (4 bytes), whether V8 gave the name (1), the type of the objects of that name (4). */
const INDEX_BYTES = 9 * STRINGS;
/** Node, our modules and what they keep for any file. */
const EMPTY_BYTES = 120e6;

describe('a snapshot of 2 objects and 100,000,000 strings of one letter', () => {
  let folder: string;
  let path: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
    path = join(folder, 'strings.heapsnapshot');
    const small = writeSnapshot([
      { type: 'synthetic', name: '', edges: [['shortcut', 'thing', 1]] },
      { name: 'Thing', size: 24 },
    ]);
    const file = openSync(path, 'w');
    writeSync(file, small.slice(0, small.lastIndexOf(']')));
    for (let left = STRINGS; left > 0; left -= PIECE) writeSync(file, ',"a"'.repeat(Math.min(left, PIECE)));
    writeSync(file, ']}');
    closeSync(file);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['histogram', 'path', 'graph'])('%s answers, with no more memory than an index of the strings', async (command) => {
    const args = command === 'histogram' ? [command, path] : [command, path, 'Thing'];
    const { stdout, peakRssBytes, cpuSeconds } = await runMeasured({ args: [BIN, ...args, '--no-cache', '--json'] });
    const { answer } = JSON.parse(stdout) as { answer: HistogramAnswer & PathAnswer };
    console.log(
      `${command}: a file of ${Math.round(statSync(path).size / 1e6)} MB, ${Math.round(peakRssBytes / 1e6)} MB of memory, ${cpuSeconds.toFixed(1)} s of CPU`,
    );
    if (command === 'histogram')
      expect(answer.rows.map(({ type, objects, shallowBytes }) => [type, objects, shallowBytes])).toContainEqual(['Thing', 1, 24]);
    expect(peakRssBytes).toBeLessThan(INDEX_BYTES + EMPTY_BYTES);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s while its column cache is written leaves a whole one', async (signal) => {
    const cache = `${path}.heaptrail-cache`;
    rmSync(cache, { force: true });
    const child = spawn(process.execPath, [BIN, 'histogram', path], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    while (!existsSync(cache) && child.exitCode === null) await setTimeout(1);
    expect(child.exitCode).toBeNull();
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
    // One that is not whole would be written again.
    const written = statSync(cache, { bigint: true });
    const again = await runMeasured({ args: [BIN, 'histogram', path, '--json'] });
    expect(JSON.parse(again.stdout)).toMatchObject({ command: 'histogram' });
    expect(statSync(cache, { bigint: true })).toMatchObject({ ino: written.ino, size: written.size, mtimeNs: written.mtimeNs });
  });
});
