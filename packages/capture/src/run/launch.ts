import { spawn, type StdioOptions } from 'node:child_process';
import { CommandNotExecutableError } from '../errors/command-not-executable-error.ts';
import { CommandNotFoundError } from '../errors/command-not-found-error.ts';
import { CommandNotStartedError } from '../errors/command-not-started-error.ts';
import { reasonOf } from '../errors/reason-of.ts';
import { restoreFileLimit } from './file-limit.ts';
import { findExecutable } from './find-executable.ts';

export interface CommandExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The command as our child: same process group and terminal. */
export interface Command {
  readonly pid: number;
  readonly exited: Promise<CommandExit>;
  /** Undefined while it runs. */
  exit(): CommandExit | undefined;
  signal(signal: NodeJS.Signals): void;
}

/** Throws when the command would not start; nothing is left behind then. */
export function checkCommand(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const name = argv[0] ?? '';
  const found = findExecutable(name, env.PATH);
  if (found.kind === 'missing') throw new CommandNotFoundError(name);
  if (found.kind === 'not-executable') throw new CommandNotExecutableError(name, found.reason);
}

/** Starts it. Its standard streams are ours, which pass through untouched, unless others are given. */
export async function launch(argv: readonly string[], env: NodeJS.ProcessEnv, stdio: StdioOptions = 'inherit'): Promise<Command> {
  checkCommand(argv, env);
  restoreFileLimit();
  const name = argv[0];
  const child = spawn(name, argv.slice(1), { stdio, env });
  let exit: CommandExit | undefined;
  const exited = new Promise<CommandExit>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      exit = { exitCode, signal };
      resolve(exit);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error: NodeJS.ErrnoException) => reject(startError(name, error)));
  });
  child.on('error', () => undefined); // A signal that could not be sent: the child is gone, 'exit' tells.
  return {
    pid: child.pid!,
    exited,
    exit: () => exit,
    signal: (signal) => {
      if (exit === undefined) child.kill(signal);
    },
  };
}

function startError(name: string, error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case 'ENOENT':
      return new CommandNotExecutableError(name, 'the interpreter that its first line names does not exist');
    case 'EAGAIN':
    case 'ENOMEM':
    case 'EMFILE':
    case 'ENFILE':
      return new CommandNotStartedError(name, reasonOf(error));
    default:
      return new CommandNotExecutableError(name, reasonOf(error));
  }
}
