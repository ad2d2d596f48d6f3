import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countDescriptors } from './count-descriptors.ts';
import { ProcSampler } from './proc-sampler.ts';

describe('ProcSampler', () => {
  it('reads memory, threads and descriptors of this very process', () => {
    const sample = new ProcSampler(process.pid).sample(0)!;
    expect(sample.rssBytes / process.memoryUsage.rss()).toBeCloseTo(1, 0);
    expect(sample.pssBytes).toBeGreaterThan(1e6);
    expect(sample.ussBytes).toBeLessThanOrEqual(sample.rssBytes);
    expect(sample.osThreads).toBeGreaterThan(1);
  });

  it('reads the costly figures only now and then', () => {
    const sampler = new ProcSampler(process.pid);
    expect(sampler.sample(0)).toHaveProperty('pssBytes');
    expect(sampler.sample(1000)).not.toHaveProperty('pssBytes');
    expect(sampler.sample(60_000)).toHaveProperty('pssBytes');
  });

  it('answers undefined once the process is gone', async () => {
    const child = spawn('sleep', ['30'], { stdio: 'ignore' });
    const sampler = new ProcSampler(child.pid!);
    expect(sampler.sample(0)).toBeDefined();
    expect(sampler.alive).toBe(true);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('exit', resolve));
    expect(sampler.sample(0)).toBeUndefined();
    expect(sampler.alive).toBe(false);
    expect(new ProcSampler(2 ** 30).sample(0)).toBeUndefined();
  });
});

describe('countDescriptors', () => {
  it('counts by kind, also when there are more than it looks at', () => {
    const before = countDescriptors(process.pid)!;
    const opened = Array.from({ length: 2500 }, () => openSync('/etc/hostname', 'r'));
    const after = countDescriptors(process.pid)!;
    for (const fd of opened) closeSync(fd);
    const total =
      Object.values(after).reduce((sum, count) => sum + count, 0) - Object.values(before).reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(2450);
    expect(total).toBeLessThan(2550);
    expect(after.file).toBeGreaterThan(2300);
  });
});
