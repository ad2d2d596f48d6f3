import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';

/** What is known of one object on a retaining path. `alive` is an inspector's proof, `not-leaking` follows from a step below it. */
export const stepStatusSchema = z.enum(['alive', 'not-leaking', 'leaking', 'unknown']);

/** One step of a retaining path, root first, written as the developer wrote it. */
export const pathStepSchema = z.object({
  step: z.string().describe('As written in the language: module weakref, ._registry, ["key"]'),
  type: z.string(),
  status: stepStatusSchema,
  suspect: z.boolean().describe('True for the step that a person would have to change'),
  reason: z.string().optional().describe('Why the status is what it is'),
  size: z.number().int().nonnegative().optional().describe('Entries, where the step is a collection'),
});

export const pathSchema = z.array(pathStepSchema);

export type StepStatus = z.infer<typeof stepStatusSchema>;
export type PathStep = DeepReadonly<z.infer<typeof pathStepSchema>>;
export type RetainingPath = readonly PathStep[];
