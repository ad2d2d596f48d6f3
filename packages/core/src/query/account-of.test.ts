import { describe, expect, it } from 'vitest';
import { sampleReport } from '../report/sample-report.ts';
import { accountOf, tracingGrowth } from './account-of.ts';
import type { AgentSample } from './session.ts';

const sample = (atMs: number, tracingBytes: number | null): AgentSample => ({
  atMs,
  blocks: 0,
  modules: 1,
  threads: 1,
  tasks: null,
  finalizers: null,
  garbage: 0,
  gcCollections: [],
  gcCollected: 0,
  gcUncollectable: 0,
  gcPauses: 0,
  gcPauseMs: 0,
  gcMaxPauseMs: 0,
  tracing: tracingBytes !== null,
  tracedBytes: tracingBytes,
  tracingBytes,
  agentCpuMs: 0,
  intervalMs: 1000,
  dropped: 0,
});

describe('the account of growth', () => {
  const { findings, series } = sampleReport();

  it('does not call unexplained what the tables of traced allocations take', () => {
    expect(accountOf(findings, series).restBytesPerSecond).toBe(1030);
    expect(accountOf(findings, series, 830)).toMatchObject({ tracingBytesPerSecond: 830, restBytesPerSecond: 200 });
  });

  it('counts these tables from the end of start-up, also when tracing began later', () => {
    const samples = [sample(0, null), sample(1000, null), sample(2000, 500), sample(3000, 2000)];
    expect(tracingGrowth({ samples, foreignTracing: false }, 1000)).toBe(1000);
    expect(tracingGrowth({ samples, foreignTracing: false }, 2000)).toBe(1500);
  });

  it('leaves them to the program where it traced by itself, and knows of none where nothing was traced', () => {
    expect(tracingGrowth({ samples: [sample(0, 0), sample(1000, 900)], foreignTracing: true }, 0)).toBe(0);
    expect(tracingGrowth({ samples: [sample(0, null), sample(1000, null)], foreignTracing: false }, 0)).toBe(0);
    expect(tracingGrowth({ samples: [], foreignTracing: false }, 0)).toBe(0);
  });
});
