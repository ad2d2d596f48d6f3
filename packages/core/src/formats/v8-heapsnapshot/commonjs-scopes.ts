import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import { NodeKind } from './node-kind.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

/** The scope around is among the last references of a scope, behind its variables. */
const LAST_LOOKED_AT = 16;
const MOST_SCOPES = 256;
/** For a function that sees no variables. */
const NONE = -1;

/**
 * The scope of each CommonJS module's file, where its variables are. Nothing leads from a module to it: Node calls the file
 * as a function, and only the functions that were made in it keep its variables. So it is found from there: the script has
 * the module's file name (the same string) as its name, functions lead to their script, and in one scope all of them end.
 * Where they end in several (a file that was loaded twice), or some of them in none (a file without variables that functions
 * see), no scope is the file's. Three passes over the nodes, without names; O(references of code and functions).
 */
export function commonJsScopes(facts: SnapshotFacts, modules: Iterable<NodeIndex>): ReadonlyMap<NodeIndex, NodeIndex> {
  const moduleOf = new Map<NodeIndex, NodeIndex>();
  for (const module of modules) {
    const file = facts.propertyTarget(module, 'filename');
    if (file !== undefined) moduleOf.set(file, module);
  }
  if (moduleOf.size === 0) return new Map();
  // From the names of files to their scripts, and from scripts to their functions.
  const moduleOfScript = leadingTo(facts, NodeKind.code, moduleOf);
  const moduleOfCode = leadingTo(facts, NodeKind.code, moduleOfScript);
  const scopesOf = new Map<NodeIndex, Set<NodeIndex>>();
  const running = new Set<NodeIndex>();
  for (const [closure, module] of leadingTo(facts, NodeKind.closure, moduleOfCode)) {
    const scopes = scopesOf.get(module) ?? new Set();
    scopesOf.set(module, scopes);
    if (scopes.has(NONE)) continue;
    const scope = outermostScope(facts, closure);
    // The file itself, as long as it runs, is in no scope and has no name.
    if (scope === undefined && !running.has(module) && facts.nodeNames.name(closure) === '') running.add(module);
    else scopes.add(scope ?? NONE);
  }
  const found = new Map<NodeIndex, NodeIndex>();
  for (const [module, [scope, ...others]] of scopesOf)
    if (scope !== undefined && scope !== NONE && others.length === 0) found.set(module, scope);
  return found;
}

/** Nodes of one kind with a reference of V8's own to one of `targets`, and what is known of that one. */
function leadingTo(facts: SnapshotFacts, kind: NodeKind, targets: ReadonlyMap<NodeIndex, NodeIndex>): Map<NodeIndex, NodeIndex> {
  const { nodeCount, firstEdge, edgeTarget, edgeFlags } = facts.columns;
  const found = new Map<NodeIndex, NodeIndex>();
  if (targets.size === 0) return found;
  for (let node = 0; node < nodeCount; node++) {
    if (facts.kindOf(node) !== kind) continue;
    for (let edge = firstEdge[node], end = firstEdge[node + 1]; edge < end; edge++) {
      const flags = edgeFlags[edge];
      if (flags >= EdgeFlag.holdsNothing || edgeTypeOf(flags) !== EdgeType.internal) continue;
      const known = targets.get(edgeTarget[edge]);
      if (known !== undefined) found.set(node, known);
    }
  }
  return found;
}

function outermostScope(facts: SnapshotFacts, closure: NodeIndex): NodeIndex | undefined {
  const { firstEdge } = facts.columns;
  let scope = facts.scopeAt(closure, 'context');
  for (let steps = 0; scope !== undefined && steps < MOST_SCOPES; steps++) {
    const around: NodeIndex | undefined = facts.scopeAt(scope, 'previous', firstEdge[scope + 1] - LAST_LOOKED_AT);
    if (around === undefined) return scope;
    scope = around;
  }
  return undefined;
}
