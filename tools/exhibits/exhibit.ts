import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where an allocation is expected: a line with a marker comment in a program of ours, a function or a line in a library. */
const siteSchema = z.strictObject({
  fileEndsWith: z.string().min(1),
  marker: z.string().optional(),
  function: z.string().optional(),
  line: z.number().int().positive().optional(),
});

const expectationSchema = z.strictObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  patterns: z.array(z.string().nullable()).min(1),
  /** Any of these is right. */
  allocated: z.union([siteSchema, z.array(siteSchema)]),
  /** Every entry must stand in the path; of an inner list, one. */
  heldByContains: z.array(z.union([z.string(), z.array(z.string())])),
  suspectStep: z.string().optional(),
});

const commandSchema = z.array(z.string()).min(2);

const exhibitSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9.-]+$/),
  /** Standard library only, and told apart within a quarter of a minute: runs in `npm test`. */
  fast: z.boolean(),
  python: z.string(),
  command: z.union([z.strictObject({ broken: commandSchema, fixed: commandSchema }), z.strictObject({ healthy: commandSchema })]),
  requirements: z.partialRecord(z.enum(['broken', 'fixed', 'healthy']), z.string()).optional(),
  /** What `--mutate` renames in the installed library. */
  library: z.strictObject({ package: z.string(), rename: z.array(z.string()) }).optional(),
  durationSeconds: z.number().positive(),
  expect: z.union([expectationSchema, z.array(expectationSchema)]),
});

export type ExpectedSite = z.infer<typeof siteSchema>;
export type Expectation = z.infer<typeof expectationSchema>;
/** `broken` leaks, `fixed` is its twin, `healthy` only looks like a leak. */
export type Variant = 'broken' | 'fixed' | 'healthy';

/** One folder below `exhibits/`, as read. */
export interface Exhibit {
  readonly name: string;
  readonly folder: string;
  readonly fast: boolean;
  readonly python: string;
  readonly durationSeconds: number;
  readonly commandByVariant: ReadonlyMap<Variant, readonly string[]>;
  readonly requirementsByVariant: ReadonlyMap<Variant, string>;
  readonly library: { readonly package: string; readonly rename: readonly string[] } | undefined;
  readonly expectations: readonly Expectation[];
}

export function loadExhibit(folder: string): Exhibit {
  const read = exhibitSchema.parse(JSON.parse(readFileSync(join(folder, 'exhibit.json'), 'utf8')));
  const expectations = Array.isArray(read.expect) ? read.expect : [read.expect];
  if ('broken' in read.command !== expectations.length > 0)
    throw new Error(`${folder}: a program that leaks needs an expectation, a healthy one has none`);
  return {
    name: read.name,
    folder,
    fast: read.fast,
    python: read.python,
    durationSeconds: read.durationSeconds,
    commandByVariant: new Map(Object.entries(read.command) as [Variant, string[]][]),
    requirementsByVariant: new Map(Object.entries(read.requirements ?? {}) as [Variant, string][]),
    library: read.library,
    expectations,
  };
}

/** All exhibits below a folder, by name. */
export function loadExhibits(root: string): Exhibit[] {
  return readdirSync(root)
    .sort()
    .filter((name) => existsSync(join(root, name, 'exhibit.json')))
    .map((name) => loadExhibit(join(root, name)));
}

export function variantsOf(exhibit: Exhibit): Variant[] {
  return [...exhibit.commandByVariant.keys()];
}
