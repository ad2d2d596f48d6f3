import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Far above any real chain of npx, sh and npm. */
const MOST_ANCESTORS = 8;

/**
 * Node raises its soft limit of open files to the hard one when it starts, and the command would inherit that: a program
 * behaves differently then. So we take back the limit that the command would have had without us: that of whoever started
 * heaptrail, npm and its shell left aside. Does nothing where `prlimit` (util-linux) or /proc is missing.
 */
export function restoreFileLimit(): void {
  try {
    const starter = starterOf(process.ppid);
    // A service manager gives its services limits of their own.
    if (starter <= 1) return;
    const wanted = softFileLimit(starter);
    const own = softFileLimit(process.pid);
    if (wanted === undefined || own === undefined || wanted >= own) return;
    spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${wanted}:`], { stdio: 'ignore', timeout: 2000 });
  } catch {
    // The command starts with Node's limit, as under any other Node program.
  }
}

/** The nearest ancestor that is neither npm (or npx) nor the shell between it and us. */
function starterOf(ppid: number): number {
  let starter = ppid;
  for (let i = 0; i < MOST_ANCESTORS && starter > 1; i++) {
    if (isNpm(starter)) starter = parentOf(starter);
    else if (isShell(starter) && isNpm(parentOf(starter))) starter = parentOf(parentOf(starter));
    else break;
  }
  return starter;
}

function isNpm(pid: number): boolean {
  return /(^|\0)[^\0]*\/(npm|npx)(-cli\.js)?\0|^(npm|npx) /.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
}

function isShell(pid: number): boolean {
  return /^([^\0]*\/)?(sh|bash|dash|ash|zsh)\0-c\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name in parentheses may hold anything; the parent is the second field after it.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function softFileLimit(pid: number): number | undefined {
  const found = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'latin1'));
  return found === null ? undefined : Number(found[1]);
}
