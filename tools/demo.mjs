#!/usr/bin/env node
// `npm run demo`: a program that leaks, and what heaptrail says of it. Plain JavaScript without dependencies, because it is what installs them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './test/ensure-installed.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HELP = `npm run demo                 a small service of the standard library with the leak that NiceGUI 2.11.1 to 2.14.1 had (needs python3; 25 s)
npm run demo -- nicegui      the real NiceGUI 2.14.1 in a virtual environment, with a visitor (needs python3-venv and a package registry; 1 min)
npm run demo -- --help       this`;

class DemoFailed extends Error {}

const DEMOS = {
  service: { folder: 'exhibits/demo-service', program: 'service.py', seconds: 20, python: [3, 8] },
  nicegui: {
    folder: 'exhibits/nicegui-binding-finalizers',
    program: 'app.py',
    seconds: 40,
    python: [3, 9],
    // Its dependencies of 2025 have no wheels for later ones.
    pythonBelow: [3, 13],
    requirements: 'requirements-broken.txt',
  },
};

async function main(args) {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(HELP);
    return 0;
  }
  const [name = 'service', ...rest] = args;
  const demo = DEMOS[name];
  if (demo === undefined || rest.length > 0) {
    console.error(`There is no demo "${args.join(' ')}".\n\n${HELP}`);
    return 2;
  }
  if (!ensureInstalled(ROOT)) throw new DemoFailed('npm ci failed, see above');
  const python = findPython(demo);
  const folder = join(ROOT, demo.folder);
  const executable = demo.requirements === undefined ? python : environmentWith(python, join(folder, demo.requirements));
  console.log(`The story: ${demo.folder}/story.md. Watching ${demo.folder}/${demo.program} for ${demo.seconds} s …\n`);
  return await watch(demo, folder, executable);
}

/** The first CPython that is new enough: HEAPTRAIL_PYTHON, python3, python3.12 and so on. */
function findPython(demo) {
  const given = process.env.HEAPTRAIL_PYTHON;
  const candidates = given ? [given] : ['python3', ...[14, 13, 12, 11, 10, 9, 8].map((minor) => `python3.${minor}`), 'python'];
  const seen = [];
  for (const candidate of candidates) {
    const probe = 'import platform, sys; print(platform.python_implementation(), *sys.version_info[:2], sys.executable, sep="|")';
    const { status, stdout } = spawnSync(candidate, ['-c', probe], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [implementation, major, minor, executable] = stdout.trim().split('|');
    const isNewEnough = compare([major, minor], demo.python) >= 0;
    const isOldEnough = demo.pythonBelow === undefined || compare([major, minor], demo.pythonBelow) < 0;
    if (implementation === 'CPython' && isNewEnough && isOldEnough) return executable;
    seen.push(`${candidate} is ${implementation} ${major}.${minor}`);
  }
  const range = `CPython ${demo.python.join('.')} or later${demo.pythonBelow ? `, below ${demo.pythonBelow.join('.')}` : ''}`;
  const found = seen.length === 0 ? '' : ` (${seen.join(', ')})`;
  throw new DemoFailed(`This demo needs ${range}, and none was found${found}. Name one by HEAPTRAIL_PYTHON=/path/to/python3.`);
}

function compare(a, b) {
  return Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]);
}

/** A virtual environment with the requirements, made once. The executable of its Python. */
function environmentWith(python, requirementsFile) {
  const wanted = readFileSync(requirementsFile, 'utf8').trim();
  const name = wanted.replaceAll(/[^\w.]+/g, '-');
  const folder = join(ROOT, '.cache/venvs', `demo-${name}`);
  const executable = join(folder, 'bin/python');
  const stamp = join(folder, 'heaptrail-ready.txt');
  const content = `${wanted}\n${python}\n`;
  if (existsSync(executable) && existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return executable;
  rmSync(folder, { recursive: true, force: true });
  console.log(`Making a virtual environment in .cache/venvs/demo-${name} …`);
  const made = spawnSync(python, ['-m', 'venv', folder], { encoding: 'utf8' });
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    const advice = 'On Debian and Ubuntu: apt install python3-venv. Or name another Python by HEAPTRAIL_PYTHON.';
    throw new DemoFailed(`${python} -m venv failed:\n${(made.stdout + made.stderr).trim()}\n${advice}`);
  }
  console.log(`pip install ${wanted} …`);
  const installed = spawnSync(executable, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', wanted], {
    stdio: 'inherit',
  });
  if (installed.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new DemoFailed(`pip could not install ${wanted}, see above. This demo needs a package registry; "npm run demo" does not.`);
  }
  writeFileSync(stamp, content);
  return executable;
}

/** Runs heaptrail as a person would, its words going straight to the terminal; the report says whether it found the leak. */
async function watch({ program, seconds }, folder, executable) {
  const out = mkdtempSync(join(tmpdir(), 'heaptrail-demo-'));
  const json = join(out, 'report.json');
  const options = ['--duration', `${seconds}s`, '--stop', '--json', json, '--out', join(out, 'session')];
  const heaptrail = join(ROOT, 'packages/cli/bin/heaptrail.mjs');
  const child = spawn(process.execPath, [heaptrail, 'run', ...options, '--', executable, program], { cwd: folder, stdio: 'inherit' });
  // Ctrl-C reaches the whole group; heaptrail then ends in its own way, and so do we.
  process.on('SIGINT', () => undefined);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (exitCode) => resolve(exitCode));
  });
  if (!existsSync(json)) throw new DemoFailed(`heaptrail wrote no report (exit code ${code}); its session, if any: ${out}`);
  const { verdict, findings } = JSON.parse(readFileSync(json, 'utf8'));
  if (verdict !== 'leak') throw new DemoFailed(`The program leaks, and heaptrail's verdict is "${verdict}". Its session: ${out}`);
  const found = findings.find(({ kind }) => kind === 'leak');
  console.log(`\nFound: ${found.pattern ?? 'a leak without a name'} in ${found.type}. The whole report: ${json}`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof DemoFailed)) throw error;
  console.error(`\nThe demo failed. ${error.message}`);
  process.exitCode = 1;
}
