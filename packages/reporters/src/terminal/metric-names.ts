const NAME_BY_METRIC: Readonly<Record<string, string>> = {
  rssBytes: 'RSS',
  pssBytes: 'PSS',
  ussBytes: 'USS',
  vmsBytes: 'virtual size',
  fds: 'file descriptors',
  descriptors: 'file descriptors',
  blocks: 'memory blocks',
  osThreads: 'system threads',
  garbage: 'uncollectable objects',
};

/** A metric as a word in a sentence. Names that are words already (threads, tasks) stay. */
export function metricName(metric: string): string {
  return NAME_BY_METRIC[metric] ?? metric;
}

export function isBytes(metric: string): boolean {
  return /bytes$/i.test(metric);
}
