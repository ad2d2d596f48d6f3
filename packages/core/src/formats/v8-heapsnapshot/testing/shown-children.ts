import type { EdgeLabel } from '../../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';

export interface Child {
  readonly label: EdgeLabel;
  readonly text: string;
  readonly node: NodeIndex;
}

/** What every object or function has of V8's own. */
const PLAIN = /^(?:\.__proto__|<(?:map|shared|code|feedback_cell|scope_info|initial_map|dispatch_handle)>)$/;

/** The program of `programs.ts` as a developer sees it. */
export class ShownHeap {
  readonly graph: HeapGraph;
  readonly app: NodeIndex;

  constructor(graph: HeapGraph) {
    this.graph = graph;
    const globals = graph.roots.filter(({ kind }) => kind === 'global');
    if (globals.length !== 1) throw new Error(`${globals.length} global objects`);
    this.app = this.child(globals[0].node, '.app');
  }

  childrenOf(node: NodeIndex): Child[] {
    return childrenOf(this.graph, node);
  }

  child(node: NodeIndex, text: string): NodeIndex {
    const children = this.childrenOf(node);
    const found = children.find((each) => each.text === text);
    if (found === undefined) throw new Error(`no ${text} among ${children.map((each) => each.text).join(' ')}`);
    return found.node;
  }

  /** What is at a property of the program's own object. */
  at(path: string): NodeIndex {
    return this.child(this.app, path);
  }

  /** Label, class and text of the children of what is at a property, without what everything has. */
  shown(path: string, limit = 20): string[] {
    const { types, typeOf, language } = this.graph;
    return this.childrenOf(this.at(path))
      .filter(({ text }) => !PLAIN.test(text))
      .slice(0, limit)
      .map(({ text, node }) => `${text} ${types[typeOf[node]].displayName} ${language.nodeText(this.graph, node) ?? ''}`.trim());
  }

  entryCount(path: string): number {
    return this.graph.language.entryCount(this.graph, this.at(path));
  }
}

/** What a developer would call the children of an object. */
export function childrenOf(graph: HeapGraph, node: NodeIndex): Child[] {
  const found: Child[] = [];
  graph.language.children(graph, node, {
    child: (target, label) => found.push({ label, text: graph.language.labelText(graph, label), node: target }),
    absorb: () => true,
  });
  return found;
}
