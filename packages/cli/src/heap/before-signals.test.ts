import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const MODULE = pathToFileURL(join(import.meta.dirname, 'before-signals.ts')).href;

/** Runs a program that is sent a signal in the middle of its work. */
function run(program: string): { readonly signal: NodeJS.Signals | null; readonly status: number | null; readonly written: string } {
  const folder = mkdtempSync(join(tmpdir(), 'ht-'));
  const script = join(folder, 'program.mts');
  const file = join(folder, 'written');
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';
import { beforeSignals } from ${JSON.stringify(MODULE)};
const write = (text) => appendFileSync(${JSON.stringify(file)}, text);
${program}`,
  );
  try {
    const { signal, status } = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), script], { stdio: 'ignore' });
    return { signal, status, written: readFileSync(file, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s ends the process when the work is done, and not before', (signal) => {
  const work = `() => { write('half '); process.kill(process.pid, '${signal}'); write('whole'); }`;
  expect(run(`await beforeSignals(${work});\nwrite(', and more');`)).toEqual({ signal, status: null, written: 'half whole' });
  expect(run(`(${work})();`)).toMatchObject({ signal, written: 'half ' });
});

it('changes nothing where no signal comes, and passes on what is thrown', () => {
  expect(run(`write(String(await beforeSignals(() => 7)));`)).toEqual({ signal: null, status: 0, written: '7' });
  expect(run(`await beforeSignals(() => { throw new Error('x'); }).catch(({ message }) => write(message));`)).toMatchObject({
    status: 0,
    written: 'x',
  });
  expect(run(`await beforeSignals(() => 7); write('after'); process.kill(process.pid, 'SIGINT'); write('never');`)).toMatchObject({
    signal: 'SIGINT',
    written: 'after',
  });
});
