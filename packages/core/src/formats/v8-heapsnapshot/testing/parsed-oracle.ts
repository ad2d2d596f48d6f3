import { EdgeKind, labelKind, labelOperand } from '../../../graph/edge-label.ts';
import type { HeapGraph } from '../../../graph/heap-graph.ts';
import { EdgeType, edgeTypeOf } from '../edge-types.ts';
import type { V8Type } from '../v8-types.ts';

/** A snapshot as `JSON.parse` reads it. */
interface Parsed {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly (readonly string[])[];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly (readonly string[])[];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** Where a graph, read with raw sizes, differs from what `JSON.parse` reads in the same text; empty when nowhere. */
export function differences(graph: HeapGraph, text: string): string[] {
  const { snapshot, nodes, edges, strings } = JSON.parse(text) as Parsed;
  const { node_fields: nodeFields, node_types: nodeTypes, edge_fields: edgeFields, edge_types: edgeTypes } = snapshot.meta;
  const found: string[] = [];
  const compare = (what: string, at: number, expected: unknown, actual: unknown): void => {
    if (expected !== actual && found.length < 5) found.push(`${what} ${at}: expected ${String(expected)}, found ${String(actual)}`);
  };
  const nodeCount = nodes.length / nodeFields.length;
  const edgeCount = edges.length / edgeFields.length;
  compare('nodes', 0, nodeCount, graph.nodeCount);
  compare('references', 0, edgeCount, graph.edgeCount);
  const nodeNumber = (node: number, field: string): number => nodes[node * nodeFields.length + nodeFields.indexOf(field)];
  const edgeNumber = (edge: number, field: string): number => edges[edge * edgeFields.length + edgeFields.indexOf(field)];
  const typesOfNodes = nodeTypes[nodeFields.indexOf('type')];
  const typesOfEdges = edgeTypes[edgeFields.indexOf('type')];
  let edge = 0;
  for (let node = 0; node < nodeCount; node++) {
    const type = graph.types[graph.typeOf[node]] as V8Type;
    compare('type of node', node, typesOfNodes[nodeNumber(node, 'type')], type.nodeType);
    compare('id of node', node, nodeNumber(node, 'id'), graph.address[node]);
    compare('size of node', node, nodeNumber(node, 'self_size'), graph.shallowBytes[node]);
    compare('first reference of node', node, edge, graph.firstEdge[node]);
    for (const end = edge + nodeNumber(node, 'edge_count'); edge < end; edge++) {
      const edgeType = typesOfEdges[edgeNumber(edge, 'type')];
      const name = edgeNumber(edge, 'name_or_index');
      const isByPosition = edgeType === 'element' || edgeType === 'hidden';
      compare('target of reference', edge, edgeNumber(edge, 'to_node') / nodeFields.length, graph.edgeTarget[edge]);
      compare('type of reference', edge, EdgeType[edgeType as keyof typeof EdgeType], edgeTypeOf(graph.edgeFlags[edge]));
      compare('name of reference', edge, nameAsWritten(edgeType, isByPosition ? name : strings[name]), nameOf(graph, edge));
    }
  }
  return found;
}

/** What a label keeps of a name: V8's own references lose their numbers. */
function nameAsWritten(edgeType: string, name: string | number): string {
  if (edgeType === 'hidden') return Number(name) < 64 ? `slot ${name}` : 'slot';
  if (edgeType === 'element') return String(Math.min(Number(name), 2 ** 28 - 2));
  if (edgeType !== 'internal' && edgeType !== 'weak') return String(name);
  return / pair in WeakMap \(table @\d+\)$/.test(String(name)) ? 'value in WeakMap' : String(name).replace(/^\d+ \/ /, '');
}

function nameOf(graph: HeapGraph, edge: number): string {
  const label = graph.edgeLabels.at(edge);
  return labelKind(label) === EdgeKind.index ? String(labelOperand(label)) : graph.names.text(labelOperand(label));
}
