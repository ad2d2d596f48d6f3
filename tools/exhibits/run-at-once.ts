/** Runs tasks in their order, at most `limit` at a time, and gives their results in that order. */
export async function runAtOnce<Result>(tasks: readonly (() => Promise<Result>)[], limit: number): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks.length) {
      const at = next++;
      const task = tasks[at];
      if (task !== undefined) results[at] = await task();
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker));
  return results;
}
