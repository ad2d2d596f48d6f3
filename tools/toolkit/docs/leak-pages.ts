import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SHOW_LEAK = fileURLToPath(new URL('../show-leak.ts', import.meta.url));

/** A leak that a page shows by what `heaptrail path` prints. */
export interface ShownLeak {
  readonly page: string;
  readonly program: string;
  readonly className: string;
}

/** Every page of a primitive has one at least. */
export const SHOWN_LEAKS: readonly ShownLeak[] = [
  leak('weak', 'weak/programs/leaky', 'Panel'),
  leak('weak-collections', 'weak-collections/programs/leaky-value-map', 'SessionKey'),
  leak('weak-collections', 'weak-collections/programs/leaky-key-map', 'Session'),
  leak('finalize', 'finalize/programs/leaky', 'Connection'),
  leak('binding', 'binding/programs/leaky-registry', 'Label'),
  leak('resource-pool', 'resource-pool/programs/leaky', 'Session'),
  leak('task-pool', 'task-pool/programs/leaky', 'Thumbnail'),
  leak('timers', 'timers/programs/leaky', 'Screen'),
  leak('graph-json', 'graph-json/programs/leaky', 'Widget'),
];

function leak(page: string, program: string, className: string): ShownLeak {
  return { page: join(ROOT, `docs/toolkit/${page}.md`), program: join(ROOT, `packages/toolkit/src/${program}.ts`), className };
}

/** What heaptrail prints for the program now, with the command. */
export function printedNow({ program, className }: ShownLeak): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', SHOW_LEAK, program, className], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout.trimEnd();
}

/** The block of the page that shows it; undefined when it shows none. */
export function shownOn({ page, className }: ShownLeak): string | undefined {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```(?:text)?\n(\$ heaptrail path leaky\.heapsnapshot (\w+)\n[\s\S]*?)\n```$/gm);
  for (const [, block, name] of blocks) if (name === className) return block;
  return undefined;
}

/**
 * What stays the same from run to run and from Node to Node: no addresses, sizes, places in arrays, nor where lines break; not how far
 * along a list the example is, nor which of Node's functions for timers is named of those that lead to them.
 */
export function shapeOf(output: string): string {
  return output
    .replace(/^leaky\.heapsnapshot .*$/m, 'leaky.heapsnapshot …')
    .replace(/\bn-\d+/g, 'n-…')
    .replace(/[\d.,]+ (?:B|kB|MB)\b/g, '… B')
    .replace(/\[\d+\]/g, '[…]')
    .replace(/\.(?:set|clear)(?:Interval|Timeout|Immediate) /g, '.setInterval ')
    .replace(/\s+/g, ' ')
    .replace(/(<slot \d+>|\._\w+) × [\d,]+ /g, '$1 × … ')
    .trim();
}
