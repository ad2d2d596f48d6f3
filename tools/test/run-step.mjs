import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { NO_COUNTS } from './test-counts.mjs';

const KEPT_CHARACTERS = 1 << 20;

/** Runs one step, passes its output on and returns how it went. Never rejects: a program that is not there is a failed step. */
export async function runStep({ name, command, counts, failures, removeFirst }) {
  console.log(`\n--- ${name}: ${command.slice(0, 3).map(shorten).join(' ')}`);
  // The counts of an earlier run must not stand in for those of a run that died before it wrote any.
  if (removeFirst !== undefined) rmSync(removeFirst, { force: true });
  const startedAtMs = performance.now();
  const { code, output, failure } = await run(command);
  const seconds = (performance.now() - startedAtMs) / 1000;
  if (failure !== undefined) console.error(failure);
  const counted = counts?.(output);
  const ok = code === 0 && (counts === undefined || (counted !== undefined && counted.failed === 0));
  return {
    name,
    ok,
    seconds,
    counts: counted ?? NO_COUNTS,
    failures: ok ? [] : (failures?.(output) ?? []),
    text: describe(code, failure, counts !== undefined, counted),
  };
}

function describe(code, failure, isCounted, counted) {
  if (failure !== undefined) return failure;
  if (counted !== undefined) return `${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`;
  if (isCounted) return `ended with ${code} and reported no counts`;
  return code === 0 ? 'passed' : `ended with ${code}`;
}

function run([program, ...args]) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (to) => (chunk) => {
      to.write(chunk);
      output = (output + chunk.toString()).slice(-KEPT_CHARACTERS);
    };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    child.on('error', (error) => resolve({ code: null, output, failure: `${program} could not be started: ${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output, failure: undefined }));
  });
}

function shorten(word) {
  return word === process.execPath ? 'node' : word;
}
