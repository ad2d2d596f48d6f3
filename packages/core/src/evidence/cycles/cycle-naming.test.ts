import { describe, expect, it } from 'vitest';
import { EdgeKind, edgeLabel, labelKind, labelOperand, type EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { ChildSink } from '../../graph/language.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import { TextLanguage } from '../../graph/text-language.ts';
import { dominators } from '../../graph/dominators/index.ts';
import { cycleCensus } from './index.ts';

/** What is behind `<table>` belongs to its owner, as instances and their `__dict__` do. */
class FoldingLanguage extends TextLanguage {
  override children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void {
    super.children(graph, node, {
      child: (target, label) => {
        const isTable = labelKind(label) === EdgeKind.internal && this.labelText(graph, label) === '<table>';
        if (!isTable) sink.child(target, label);
        else if (sink.absorb(target)) this.children(graph, target, sink);
      },
      absorb: (table) => sink.absorb(table),
    });
  }
}

function signaturesOf(text: string): string[] {
  const { graph } = parseGraph(text);
  const folding = { ...graph, language: new FoldingLanguage() };
  return cycleCensus(folding, dominators(folding)).kinds.map(({ signature }) => signature);
}

describe('a cycle as the developer wrote it', () => {
  it('does not show the tables behind its objects', () => {
    expect(signaturesOf('frame x = a\na: A\na <table> t\nt: dict\nt .b b\nb: B\nb <table> u\nu: dict\nu .a a')).toEqual(['A.b, B.a']);
  });

  it('is one step for an object that refers to itself through its table', () => {
    expect(signaturesOf('frame x = a\na: A\na <table> t\nt: dict\nt .me a')).toEqual(['A.me']);
  });

  it('shows a table that somebody else holds for its own sake', () => {
    expect(signaturesOf('frame x = o\no: Owner\no <table> t\nt: dict\nt .back b\nb: B\nb .attributes t')).toEqual([
      'B.attributes, dict.back',
    ]);
  });
});

/** Labels that stay in a file: `at` gives their edge, and the language reads it. */
class FileLanguage extends TextLanguage {
  reads = 0;

  override labelPattern(graph: HeapGraph, label: EdgeLabel): string {
    if (labelKind(label) !== EdgeKind.unread) return super.labelPattern(graph, label);
    this.reads++;
    return labelOperand(label) % 2 === 0 ? '.b' : '.a';
  }
}

describe('cycles whose labels are in a file', () => {
  const count = 500;
  const { graph } = parseGraph('frame x = a\na .b b\nb .a a');
  const nodeCount = 2 * count;
  const language = new FileLanguage();
  const pairs: HeapGraph = {
    ...graph,
    nodeCount,
    edgeCount: nodeCount,
    typeOf: Uint32Array.from({ length: nodeCount }, (_, i) => i & 1),
    shallowBytes: new Uint32Array(nodeCount).fill(16),
    address: new Float64Array(nodeCount),
    firstEdge: Uint32Array.from({ length: nodeCount + 1 }, (_, i) => i),
    edgeTarget: Uint32Array.from({ length: nodeCount }, (_, i) => i ^ 1),
    edgeFlags: new Uint8Array(nodeCount),
    edgeLabels: { areInFile: true, at: (edge) => edgeLabel(EdgeKind.unread, edge) },
    anchors: { ...graph.anchors, first: Uint32Array.from({ length: count }, (_, i) => 2 * i) },
    language,
  };

  it('are read for some of each sequence of types; the others are told to be assumed', () => {
    const { kinds, assumedKnots } = cycleCensus(pairs, dominators(pairs));
    expect(kinds.map(({ signature, knots }) => [signature, knots])).toEqual([['a.b, b.a', count]]);
    expect(assumedKnots).toBe(count - 64);
    expect(language.reads).toBe(2 * 64);
  });
});
