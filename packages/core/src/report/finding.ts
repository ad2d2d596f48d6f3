import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { pathSchema } from './path-step.ts';

export const findingKindSchema = z.enum(['leak', 'suspicion']);
export const confidenceSchema = z.enum(['high', 'medium', 'low']);

export const frameSchema = z.object({
  function: z.string(),
  file: z.string(),
  line: z.number().int().nonnegative(),
});

/** One of several allocation sites, when no single one made half of what stays. */
export const siteSchema = z.object({
  frames: z.array(frameSchema).describe('Innermost first'),
  objects: z.number().int().nonnegative(),
  share: z.number().min(0).max(1).describe('Of the objects under the growing place'),
});

export const growthSchema = z.object({
  objectsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable().describe('Of bytesPerSecond, 95 %; null when it cannot be given'),
  grewIn: z.number().int().nonnegative(),
  dumps: z.number().int().nonnegative().describe('Dumps that counted'),
  perUnitOfWork: z.number().nullable().describe('Objects for each counted request, call or turn; null when no work was counted'),
});

/** A number the runtime keeps itself, read without sampling: evidence of its own. */
export const exactCounterSchema = z.object({ name: z.string(), before: z.number(), after: z.number() });

export const knownLibraryLeakSchema = z.object({ package: z.string(), versions: z.string(), link: z.string() });

export const findingSchema = z.object({
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .describe('Same leak, same fingerprint: from run to run, machine to machine, pid to pid'),
  kind: findingKindSchema.describe('leak has evidence in objects, sites or waiters; suspicion has a trend alone'),
  confidence: confidenceSchema,
  pattern: z.string().nullable().describe('Id of the rule, or null when no rule knows it'),
  patternTitle: z.string().nullable().describe('The mistake in one sentence; null with pattern'),
  knownLibraryLeak: knownLibraryLeakSchema.nullable(),
  title: z.string(),
  type: z.string().describe('What grows, as its language writes it'),
  growth: growthSchema,
  counter: exactCounterSchema.optional(),
  allocated: z.array(frameSchema).describe('Innermost first: the site of the very objects that stay; empty when not known, never guessed'),
  sites: z.array(siteSchema).describe('Filled instead of allocated when no single site has half of the objects'),
  joined: z.object({ objects: z.number().int().nonnegative(), withThisSite: z.number().int().nonnegative() }).nullable(),
  heldBy: pathSchema.describe('Root first; the step that keeps it alive is marked'),
  otherHolders: z.array(pathSchema).describe('Further distinct paths that also keep it alive'),
  evidence: z.array(z.string()),
  against: z.array(z.string()),
  fix: z.string().nullable(),
});

export type FindingKind = z.infer<typeof findingKindSchema>;
export type Confidence = z.infer<typeof confidenceSchema>;
export type Frame = DeepReadonly<z.infer<typeof frameSchema>>;
export type Site = DeepReadonly<z.infer<typeof siteSchema>>;
export type Growth = DeepReadonly<z.infer<typeof growthSchema>>;
export type ExactCounter = DeepReadonly<z.infer<typeof exactCounterSchema>>;
export type KnownLibraryLeak = DeepReadonly<z.infer<typeof knownLibraryLeakSchema>>;
export type Finding = DeepReadonly<z.infer<typeof findingSchema>>;
