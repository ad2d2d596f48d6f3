/** Groups of files that import each other, each sorted; empty when there is no cycle. Tarjan's algorithm with its own stack. */
export function findCycles(importsByFile: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const cycles: string[][] = [];

  for (const start of importsByFile.keys()) {
    if (order.has(start)) continue;
    const calls: { readonly file: string; next: number }[] = [{ file: start, next: 0 }];
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { file } = call;
      if (call.next === 0) {
        order.set(file, order.size);
        lowest.set(file, order.get(file) ?? 0);
        open.push(file);
        isOpen.add(file);
      }
      const target = (importsByFile.get(file) ?? [])[call.next++];
      if (target !== undefined) {
        if (!order.has(target)) calls.push({ file: target, next: 0 });
        else if (isOpen.has(target)) lower(file, order.get(target) ?? 0);
        continue;
      }
      calls.pop();
      const parent = calls.at(-1);
      if (parent !== undefined) lower(parent.file, lowest.get(file) ?? 0);
      if (lowest.get(file) === order.get(file)) closeGroup(file);
    }
  }
  return cycles.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));

  function lower(file: string, candidate: number): void {
    lowest.set(file, Math.min(lowest.get(file) ?? candidate, candidate));
  }

  function closeGroup(file: string): void {
    const group = open.splice(open.lastIndexOf(file));
    for (const member of group) isOpen.delete(member);
    if (group.length > 1 || importsByFile.get(file)?.includes(file)) cycles.push(group.sort());
  }
}
