import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { SERIES_VERDICTS } from '../series/series-verdict.ts';
import { findingSchema } from './finding.ts';

export const REPORT_SCHEMA = 'heaptrail-report/1';

export const verdictSchema = z.enum(['leak', 'suspicion', 'no-leak', 'cannot-tell', 'too-short']);

export const seriesVerdictSchema = z.enum(SERIES_VERDICTS);

export const targetSchema = z.object({
  command: z.array(z.string()).describe('Redacted: values of arguments are not written'),
  pid: z.number().int(),
  runtime: z.object({ name: z.string(), version: z.string() }),
  startedAt: z.string().describe('ISO time'),
  observedMs: z.number().nonnegative(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
});

export const seriesSchema = z.object({
  metric: z.string().describe('Carries its unit: rssBytes, threads, finalizers'),
  verdict: seriesVerdictSchema,
  slopePerSecond: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  smallestDetectablePerSecond: z.number().nullable().describe('A steady growth above this would have been seen'),
  secondsToLimit: z.number().nullable(),
  reasons: z.array(z.string()).optional().describe('Why this verdict, in words'),
});

/** What the growth of the process is made of: findings with their share, and the rest that nothing explains. */
export const accountSchema = z.object({
  growthBytesPerSecond: z.number().nullable(),
  explained: z.array(z.object({ fingerprint: z.string(), bytesPerSecond: z.number() })),
  tracingBytesPerSecond: z.number().optional().describe("Least growth of heaptrail's own tables of traced allocations; not in the rest"),
  restBytesPerSecond: z.number().nullable(),
});

export const tracingCostSchema = z.object({
  startedBy: z.enum(['heaptrail', 'program']),
  seconds: z.number().nonnegative(),
  tracedBytes: z.number().nullable(),
  overheadBytes: z.number().nullable().describe('Memory that the tracing itself took; null when not measured'),
});

export const costSchema = z.object({
  pauseMs: z.array(z.number().nonnegative()).describe('How long the program stood still for each dump'),
  dumps: z.number().int().nonnegative(),
  samples: z.number().int().nonnegative(),
  dropped: z.number().int().nonnegative(),
  degraded: z.array(z.string()).describe('What was done in a lesser way, and why'),
  agentCpuMs: z.number().nonnegative().optional(),
  tracing: tracingCostSchema.nullable().optional(),
});

export const reportDumpSchema = z.object({
  sequence: z.number().int().nonnegative(),
  atMs: z.number().describe('Since the process was first seen'),
  objects: z.number().int().nonnegative().nullable().describe('Null when the dump could not be read'),
  bytes: z.number().nonnegative().nullable().describe('Length of the dump file'),
  mode: z.enum(['forked-child', 'in-process']),
  pauseMs: z.number().nonnegative(),
  counted: z.boolean().describe('False for dumps before start-up was over, and for those that failed'),
  note: z.string().optional(),
});

export const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  tool: z.object({ name: z.string(), version: z.string() }),
  target: targetSchema,
  verdict: verdictSchema,
  findings: z.array(findingSchema).describe('The most certain and the fastest first'),
  series: z.array(seriesSchema),
  account: accountSchema,
  dumps: z.array(reportDumpSchema),
  cost: costSchema,
  notes: z
    .array(z.string())
    .describe('What a reader must know: what degraded, why it cannot be told, the smallest growth that would have been seen'),
  get processes() {
    return z.array(reportSchema).describe('The other processes of the tree, each in the same form');
  },
});

export type Verdict = z.infer<typeof verdictSchema>;
export type Target = DeepReadonly<z.infer<typeof targetSchema>>;
export type Series = DeepReadonly<z.infer<typeof seriesSchema>>;
export type Account = DeepReadonly<z.infer<typeof accountSchema>>;
export type TracingCost = DeepReadonly<z.infer<typeof tracingCostSchema>>;
export type Cost = DeepReadonly<z.infer<typeof costSchema>>;
export type ReportDump = DeepReadonly<z.infer<typeof reportDumpSchema>>;
/** The product's answer: finished, small, serialisable. Faces render it and decide nothing. */
export type Report = DeepReadonly<z.infer<typeof reportSchema>>;

/** Checks what somebody else wrote. Throws a ZodError that names the field. */
export function parseReport(value: unknown): Report {
  return reportSchema.parse(value);
}
