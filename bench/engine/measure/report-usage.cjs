// Loaded into every measured Node process by NODE_OPTIONS: when it ends, it writes what it used into the folder that
// HEAPTRAIL_BENCH_USAGE names, one file a process. All threads of the process count; its children write their own.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && process.env.HEAPTRAIL_BENCH_USAGE !== undefined) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakRssBytes: maxRSS * 1024 };
    writeFileSync(join(process.env.HEAPTRAIL_BENCH_USAGE, `${process.pid}.json`), JSON.stringify(usage));
  });
}
