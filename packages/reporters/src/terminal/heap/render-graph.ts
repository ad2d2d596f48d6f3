import type { GraphEdgeView, GraphNodeView, GraphView, HeapSummary } from '@heaptrail/core';
import { formatBytes, formatCount } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { word, words, type Word } from '../flow.ts';
import { heapPage, type HeapLook } from './heap-page.ts';
import { objectText } from './object-words.ts';

/** `heaptrail graph` as text: for each object that was asked for, what refers to it and what it refers to, as trees. */
export function renderGraph(heap: HeapSummary, unsafeGraph: GraphView, look: HeapLook): string {
  const graph = escapeControlsDeep(unsafeGraph);
  const page = heapPage(heap, look);
  const nodes = new Map(graph.nodes.map((node) => [node.object.handle, node]));
  for (const handle of graph.asked) {
    const node = nodes.get(handle);
    if (node === undefined) continue;
    page.blank();
    page.paragraph([
      word(objectText(node.object), 'strong'),
      word(`retains ${formatBytes(node.object.retainedBytes)}`, 'plain', '   '),
      ...cycleMark(node),
      ...hiddenNote(node),
    ]);
    page.lines('referred to by', new Tree(graph, nodes, 'referrers').below(node));
    page.lines('refers to', new Tree(graph, nodes, 'referents').below(node));
  }
  if (graph.leftOut > 0)
    page.paragraph(words(`CUT: ${formatCount(graph.leftOut)} objects more lie within this depth; --limit shows more`, 'doubt'));
  return page.toString();
}

/** One direction of the graph as a tree: an object that stands in it already is named, not unfolded again. */
class Tree {
  readonly #nodes: ReadonlyMap<string, GraphNodeView>;
  readonly #edges = new Map<string, GraphEdgeView[]>();
  readonly #isForward: boolean;
  readonly #seen = new Set<string>();

  constructor(graph: GraphView, nodes: ReadonlyMap<string, GraphNodeView>, direction: 'referrers' | 'referents') {
    this.#nodes = nodes;
    this.#isForward = direction === 'referents';
    for (const edge of graph.edges) {
      const from = this.#isForward ? edge.from : edge.to;
      const known = this.#edges.get(from);
      if (known === undefined) this.#edges.set(from, [edge]);
      else known.push(edge);
    }
  }

  /** Lines of words, each with its depth. Without recursion: a list of a million links is a deep tree. */
  below(start: GraphNodeView): { readonly depth: number; readonly content: readonly Word[] }[] {
    const lines: { depth: number; content: readonly Word[] }[] = [];
    this.#seen.add(start.object.handle);
    const open = this.#unfold(start, 1);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { depth, edge, node } = next;
      const isKnown = this.#seen.has(node.object.handle);
      this.#seen.add(node.object.handle);
      lines.push({ depth, content: this.#line(edge, node, isKnown) });
      if (!isKnown) open.push(...this.#unfold(node, depth + 1));
    }
    return lines;
  }

  #unfold(node: GraphNodeView, depth: number): { depth: number; edge: GraphEdgeView; node: GraphNodeView }[] {
    const edges = this.#edges.get(node.object.handle) ?? [];
    return edges
      .flatMap((edge) => {
        const other = this.#nodes.get(this.#isForward ? edge.to : edge.from);
        // Only away from what was asked for: the other direction has its own tree.
        return other === undefined || (this.#isForward ? other.depth < 0 : other.depth > 0) ? [] : [{ depth, edge, node: other }];
      })
      .reverse();
  }

  #line(edge: GraphEdgeView, node: GraphNodeView, isKnown: boolean): Word[] {
    const hidden = this.#isForward ? node.hiddenReferents : node.hiddenReferrers;
    return [
      word(edge.label, edge.holds ? 'plain' : 'faint'),
      word(objectText(node.object), 'plain', this.#isForward ? ' → ' : ' of '),
      word(formatBytes(node.object.retainedBytes), 'faint', '   '),
      ...cycleMark(node),
      ...(edge.holds ? [] : words('(holds nothing)', 'faint')),
      ...(isKnown ? words('(shown above)', 'faint') : hidden > 0 ? words(`(${formatCount(hidden)} more not shown)`, 'faint') : []),
    ];
  }
}

function hiddenNote({ hiddenReferents, hiddenReferrers }: GraphNodeView): Word[] {
  const hidden = hiddenReferents + hiddenReferrers;
  return hidden === 0 ? [] : words(`(${formatCount(hidden)} reference${hidden === 1 ? '' : 's'} not shown)`, 'faint');
}

function cycleMark({ cycle }: GraphNodeView): Word[] {
  return cycle === null ? [] : [word(`cycle ${cycle}`, 'suspect', '   ')];
}
