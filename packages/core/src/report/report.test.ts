import { describe, expect, test } from 'vitest';
import { parseReport, reportSchema, type Report } from './index.ts';
import { sampleFinding, sampleReport } from './sample-report.ts';

describe('the report', () => {
  test('a whole report passes its own schema and comes back unchanged', () => {
    const report = sampleReport();
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test('other processes have the same form, to any depth', () => {
    const leaf = sampleReport();
    const report: Report = { ...sampleReport(), processes: [{ ...leaf, processes: [leaf] }] };
    expect(reportSchema.safeParse(report).success).toBe(true);
    const broken = { ...report, processes: [{ ...leaf, verdict: 'maybe' }] };
    expect(reportSchema.safeParse(broken).error?.issues[0]?.path).toEqual(['processes', 0, 'verdict']);
  });

  test.each([
    ['a fingerprint that is not eight hex digits', { fingerprint: '5F3A' }],
    ['a kind that is neither leak nor suspicion', { kind: 'trend' }],
    ['a growth that is not a number', { growth: { ...sampleFinding().growth, bytesPerSecond: Number.NaN } }],
    ['a missing path', { heldBy: undefined }],
  ])('%s is refused', (_name, change) => {
    const report = { ...sampleReport(), findings: [{ ...sampleFinding(), ...change }] };
    expect(reportSchema.safeParse(report).success).toBe(false);
  });

  test('fields of a later version are no error', () => {
    expect(reportSchema.safeParse({ ...sampleReport(), hints: [] }).success).toBe(true);
  });
});
