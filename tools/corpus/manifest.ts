import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const entrySchema = z.object({
  id: z.string(),
  lang: z.string().optional(),
  kind: z.enum(['leak', 'control', 'healthy']),
  python: z.string(),
  /** Packages of pip, by variant. */
  requires: z.record(z.string(), z.array(z.string())),
  /** Command lines, by variant; words like `V=leak` before the interpreter are its environment. */
  run: z.record(z.string(), z.string()),
  expect: z
    .object({
      culprit: z.array(z.object({ file: z.string(), line: z.number(), tolerance: z.number() })).default([]),
      /** Regular expressions for the retaining path. */
      holder: z.array(z.string()).default([]),
      pattern: z.array(z.string()).default([]),
    })
    .nullish(),
});

/** One program of a corpus: a real leak, with what is known of it, or a program that only looks like one. */
export type Entry = z.infer<typeof entrySchema>;

/** The Python programs of `manifest.json` in the folder, in its order. */
export function loadManifest(folder: string): readonly Entry[] {
  const rows = z
    .array(z.looseObject({ lang: z.string().optional() }))
    .parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  return rows.filter(({ lang }) => lang === 'py').map((row) => entrySchema.parse(row));
}

export interface EntryCommand {
  readonly environment: Readonly<Record<string, string>>;
  /** Without the interpreter. */
  readonly words: readonly string[];
  readonly requirements: readonly string[];
}

/** How a variant is run; undefined where the program has none of that name. */
export function commandOf({ run, requires }: Entry, variant: string): EntryCommand | undefined {
  const line = run[variant];
  if (line === undefined) return undefined;
  const all = line.split(' ').filter((word) => word !== '');
  const at = all.findIndex((word) => !/^\w+=/.test(word));
  const environment = Object.fromEntries(
    all.slice(0, at).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  return { environment, words: all.slice(at + 1), requirements: requires[variant] ?? [] };
}
