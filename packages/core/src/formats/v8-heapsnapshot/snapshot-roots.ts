import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { Root } from '../../graph/heap-graph.ts';
import type { ProgramModules } from './program-modules.ts';
import { NodeKind } from './node-kind.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';
import { nodeTypeOf, type SnapshotColumns } from './snapshot-columns.ts';

type RootKind = 'global' | 'module' | 'native' | 'interpreter';

/** Groups of roots that stand for what native code holds; the other groups of V8's are its own. */
const NATIVE_GROUP = /^\((?:Global|Traced|Eternal) handles\)$|^\((?:Wrapper tracing|Document DOM trees)\)$|^[^(]/;

/** What V8 and Chromium put behind the name of a global object: what it is, and where its page is from, which many are from nowhere. */
const TAIL = / \/ (?::\/\/)?$| (?:\[JSGlobalObject\]|\(global\*\))(?= \/ |$)/g;

/**
 * Where retaining paths begin for who reads them: the global objects and the modules of the program, then what native code
 * holds, then V8's own groups of roots, each group one root. Groups of groups, as `(GC roots)`, are looked into.
 */
export function snapshotRoots(facts: SnapshotFacts, nativeContexts: readonly number[], modules: ProgramModules): Root[] {
  const { columns } = facts;
  const nameOf = (node: number): string => facts.nodeNames.name(node);
  const found: Root[] = [];
  const isFound = new Set<number>();
  const add = (kind: RootKind, node: number, name = nameOf(node)): void => {
    if (isFound.has(node)) return;
    isFound.add(node);
    found.push({ kind, node, name });
  };
  const addGlobal = (node: number): void => {
    const global = globalObject(facts, node);
    add('global', global, nameOf(global).replace(TAIL, ''));
  };
  const isEmpty = (node: number): boolean => columns.firstEdge[node] === columns.firstEdge[node + 1];
  const groups: number[] = [];
  const addGroups = (kind: RootKind, isOfKind: (name: string) => boolean): void => {
    // Most of V8's groups hold nothing.
    for (const node of groups) if (!isEmpty(node) && isOfKind(nameOf(node))) add(kind, node);
  };
  for (const node of heldBy(columns, columns.rootNode)) {
    if (nodeTypeOf(columns, node) !== 'synthetic') addGlobal(node);
    else if (isGroupOfGroups(columns, node)) groups.push(...heldBy(columns, node));
    else groups.push(node);
  }
  // A snapshot with V8's internals in it names no global object at its root.
  if (found.every(({ node }) => isEmpty(node))) for (const context of nativeContexts) addGlobal(context);
  for (const { node, name } of modules.all) add('module', node, name);
  addGroups('native', (name) => NATIVE_GROUP.test(name));
  addGroups('interpreter', (name) => !NATIVE_GROUP.test(name));
  return found;
}

/** Newer versions have the native context where older ones have the global object. */
function globalObject(facts: SnapshotFacts, node: number): number {
  return facts.kindOf(node) === NodeKind.object ? node : (facts.internalTarget(node, 'global_object') ?? node);
}

/** True when a group holds nothing but further groups. */
function isGroupOfGroups(columns: SnapshotColumns, node: number): boolean {
  const { firstEdge } = columns;
  if (firstEdge[node] === firstEdge[node + 1]) return false;
  for (const held of heldBy(columns, node)) if (nodeTypeOf(columns, held) !== 'synthetic') return false;
  return true;
}

function* heldBy({ firstEdge, edgeTarget, edgeFlags }: SnapshotColumns, node: number): Generator<number> {
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) if ((edgeFlags[edge] & EdgeFlag.weak) === 0) yield edgeTarget[edge];
}
