import type { Command as Commander } from 'commander';

/** One verb of the command line: adds itself to the program. `exit` is how its action hands back the exit code. */
export interface Verb {
  readonly name: string;
  register(program: Commander, exit: (code: number) => void): void;
}
