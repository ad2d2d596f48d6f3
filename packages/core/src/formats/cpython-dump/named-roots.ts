import type { NodeIndex, Root } from '../../graph/heap-graph.ts';
import { NO_NODE, type AddressIndex } from './address-index.ts';
import type { DumpContents } from './dump-contents.ts';
import type { RawRoot, RawType } from './raw-dump.ts';

const KINDS: ReadonlySet<string> = new Set<RawRoot['kind']>(['module', 'interpreter', 'agent', 'frame']);

/** The roots that a dump names, each object once for each of its kinds, in the order of the file. */
export function namedRoots(rows: readonly RawRoot[], index: AddressIndex): Root[] {
  const roots: Root[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    if (!KINDS.has(row.kind)) continue; // of a later writer
    if (row.kind === 'frame') {
      // A module's frame has the module's own namespace as locals: its path starts at the module.
      if (row.function === '<module>') continue;
      const { threadId } = row;
      const place = { thread: row.thread, function: row.function, file: row.file, line: row.line };
      const frame = threadId === undefined ? place : { ...place, threadId };
      for (const [name, address] of row.locals) {
        const node = index.nodeAt(address);
        if (node !== undefined) roots.push({ kind: 'frame', node, name, frame });
      }
      continue;
    }
    const node = index.nodeAt(row.address);
    if (node === undefined || seen.has(`${row.kind} ${row.address}`)) continue;
    seen.add(`${row.kind} ${row.address}`);
    roots.push({ kind: row.kind, node, name: row.name });
  }
  return roots;
}

/** The program's own module first: of two equally short paths, the one through it says more. */
export function ownModuleFirst(roots: readonly Root[]): Root[] {
  const isOwn = (root: Root): boolean => root.kind === 'module' && root.name === '__main__';
  return [...roots.filter(isOwn), ...roots.filter((root) => !isOwn(root))];
}

/**
 * What is the agent's beside its modules: its classes, their instances, and the functions of its modules, wherever they are held: no
 * path may run through them. Those that run while the heap is looked at are held from outside as well. `modules` are its modules.
 */
export function agentObjects(
  types: readonly RawType[],
  modules: Iterable<NodeIndex>,
  { objects: { typeOf }, references: { start, end, target }, typeNode }: Pick<DumpContents, 'objects' | 'references' | 'typeNode'>,
): NodeIndex[] {
  const isOwn = Uint8Array.from(types, ({ module }) => Number(module === 'heaptrail_agent' || module.startsWith('heaptrail_agent.')));
  const isType = (name: string): ((node: NodeIndex) => boolean) => {
    const found = types.findIndex((type) => type.module === 'builtins' && type.name === name);
    return (node) => typeOf[node] === found;
  };
  const [isDict, isFunction] = [isType('dict'), isType('function')];
  const found = [...typeNode].filter((node, type) => isOwn[type] === 1 && node !== NO_NODE);
  const namespaces = new Set<NodeIndex>();
  for (const module of modules)
    for (let e = start[module]; e < end[module]; e++) if (target[e] !== NO_NODE && isDict(target[e])) namespaces.add(target[e]);
  if (namespaces.size === 0 && !isOwn.includes(1)) return found;
  const isOfAgent = (node: NodeIndex): boolean => {
    for (let e = start[node]; e < end[node]; e++) if (namespaces.has(target[e])) return true;
    return false;
  };
  for (let node = 0; node < typeOf.length; node++) if (isOwn[typeOf[node]] === 1 || (isFunction(node) && isOfAgent(node))) found.push(node);
  return found;
}
