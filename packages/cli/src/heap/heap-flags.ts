import { Option, type Command } from 'commander';

/** What every command on heap files accepts. */
export interface HeapFlags {
  readonly json?: string | true;
  readonly shallow: 'owner' | 'raw';
  readonly color: boolean;
  readonly cache: boolean;
  /** Set by commands that ask for most names. */
  readonly keepNames?: boolean;
}

export function addHeapFlags(command: Command): Command {
  return command
    .option('--json [file]', 'the whole answer as JSON on standard output, or in a file')
    .addOption(
      new Option('--shallow <how>', 'bytes of internal tables: with the object that owns them, as DevTools shows them, or raw')
        .choices(['owner', 'raw'])
        .default('owner'),
    )
    .option(
      '--no-cache',
      'keep nothing beside the file; large files are otherwise read once and reopened at once from FILE.heaptrail-cache',
    )
    .option('--no-color', 'no colours');
}
