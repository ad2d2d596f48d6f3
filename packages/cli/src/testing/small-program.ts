import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

const MAIN = `
import { answer } from './answer.ts';
export function main(): void {
  const { stack = '' } = new Error('here');
  console.log(JSON.stringify({ answer: answer(), from: stack.includes('main.mjs') ? 'bundle' : 'sources', place: import.meta.url, stack }));
}
`;
const RUN = `
import { start } from './start/start.mjs';
const program = { name: 'small', root: import.meta.dirname, sources: ['src'], entries: { main: 'src/main.ts' } };
(await start(program, 'main')).main();
`;

export interface Said {
  readonly answer: number;
  readonly from: 'bundle' | 'sources';
  readonly place: string;
  readonly stack: string;
}

/** A program of two sources that starts as the product does, in a folder of its own with a copy of what starts it. */
export interface SmallProgram {
  readonly folder: string;
  /** Where bundles go first, and where they go otherwise. */
  readonly cache: string;
  readonly usersCache: string;
  setAnswer(answer: number): void;
  run(env?: NodeJS.ProcessEnv): Promise<Said>;
  bundles(cache?: string): string[];
  remove(): void;
}

/** `packages` are those that it finds. */
export function smallProgram(packages: readonly string[] = ['tsx', 'esbuild']): SmallProgram {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ht-start-')));
  const users = join(folder, 'users');
  const cache = join(folder, 'node_modules/.cache/heaptrail');
  cpSync(join(CLI, 'start'), join(folder, 'start'), { recursive: true });
  for (const name of ['src', 'node_modules']) mkdirSync(join(folder, name));
  for (const name of packages) symlinkSync(join(MODULES, name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'run.mjs'), RUN);
  writeFileSync(join(folder, 'src/main.ts'), MAIN);
  const setAnswer = (answer: number): void =>
    writeFileSync(join(folder, 'src/answer.ts'), `export const answer = (): number => ${answer};\n`);
  setAnswer(1);
  return {
    folder,
    cache,
    usersCache: join(users, 'heaptrail'),
    setAnswer,
    run: (env = {}) => said(join(folder, 'run.mjs'), { ...process.env, XDG_CACHE_HOME: users, ...env }),
    bundles: (from = cache) => readdirSync(from).sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function said(script: string, env: NodeJS.ProcessEnv): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && stderr === '') resolve(JSON.parse(stdout) as Said);
      else reject(new Error(`exit code ${code}: ${stderr}`));
    });
  });
}
