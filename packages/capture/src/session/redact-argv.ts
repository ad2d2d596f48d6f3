import { basename } from 'node:path';

export const REDACTED = '[…]';
const INTERPRETER = /^(python|pypy|node|bash|sh|dash|zsh|perl|ruby)[\d.]*$/;
const PYTHON = /^(python|pypy)[\d.]*$/;
const LONG_OPTION = /^--[A-Za-z][A-Za-z0-9-]{0,39}$/;
const MODULE_NAME = /^[A-Za-z_][\w.]*$/;

/**
 * A command line that can be stored: the executable and the script keep their base names, option names stay, every other argument
 * and option value becomes `[…]`. Doubtful cases lose: `-psecret` is `-p[…]`.
 */
export function redactArgv(argv: readonly string[]): string[] {
  const executable = basename(argv[0] ?? '');
  const redacted = [executable];
  const script = INTERPRETER.test(executable) ? scriptIndex(argv, PYTHON.test(executable)) : undefined;
  for (let i = 1; i < argv.length; i++) {
    const argument = argv[i];
    if (script?.index === i) redacted.push(script.name);
    else redacted.push(redactArgument(argument));
  }
  return redacted;
}

/** What to call a run: the script without its ending, the module, or the executable. */
export function commandName(argv: readonly string[]): string {
  const executable = basename(argv[0] ?? '');
  const script = INTERPRETER.test(executable) ? scriptIndex(argv, PYTHON.test(executable)) : undefined;
  const name = (script?.name ?? executable).replace(/\.(py|pyw|js|mjs|cjs|ts|sh)$/, '');
  return (
    name
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 40) || 'command'
  );
}

function scriptIndex(argv: readonly string[], python: boolean): { index: number; name: string } | undefined {
  for (let i = 1; i < argv.length; i++) {
    const argument = argv[i];
    if (python && argument === '-m') {
      const module = argv[i + 1];
      return module !== undefined && MODULE_NAME.test(module) ? { index: i + 1, name: module } : undefined;
    }
    if (argument === '-c' || argument === '-e' || argument === '--eval' || argument === '-' || argument === '--') return undefined;
    if (python && (argument === '-W' || argument === '-X' || argument === '--check-hash-based-pycs')) i++;
    else if (!argument.startsWith('-')) return { index: i, name: basename(argument) };
  }
  return undefined;
}

function redactArgument(argument: string): string {
  if (argument === '--' || argument === '-' || /^-[A-Za-z]$/.test(argument)) return argument;
  const name = argument.split('=', 1)[0];
  if (LONG_OPTION.test(name)) return name === argument ? name : `${name}=${REDACTED}`;
  if (/^-[A-Za-z]/.test(argument)) return `${argument.slice(0, 2)}${REDACTED}`;
  return REDACTED;
}
