import { basename } from 'node:path';

const PYTHON = /^(python|pypy)[\d.]*$/;

/** Why no agent reported in, as far as the command line tells, and what to do. */
export function agentAbsence(argv: readonly string[]): string {
  const executable = basename(argv[0] ?? '');
  const options: string[] = [];
  if (PYTHON.test(executable)) {
    for (const argument of argv.slice(1)) {
      if (!argument.startsWith('-') || argument === '-c' || argument === '-m' || argument === '-') break;
      if (!argument.startsWith('--')) for (const letter of argument.slice(1)) if ('ISE'.includes(letter)) options.push(`-${letter}`);
    }
  }
  if (options.length > 0) {
    return `${executable} was started with ${[...new Set(options)].join(' ')}, which keeps the agent out: start it without.`;
  }
  return (
    'The command ran no CPython of 3.8 or later that the agent could enter. It enters through PYTHONPATH: not with python -I, -S or -E, not where the environment is emptied ' +
    '(env -i, sudo, tox), not in a process that ended before its start-up was over. Start Python directly: heaptrail run -- python app.py'
  );
}
