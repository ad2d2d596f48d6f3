import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { ObjectUnknownError } from './object-unknown-error.ts';

const HANDLE = /^n-(\d+)$/;
const ADDRESS = /^@(0x[0-9a-f]+|\d+)$/i;

/** What a person meant by `n-1234`, `@address` or a type. Throws ObjectUnknownError when there is none in this heap. */
export interface Selection {
  readonly nodes: readonly NodeIndex[];
  /** True where a type was named, so that there may be many. */
  readonly byType: boolean;
}

export function select(graph: HeapGraph, asked: string): Selection {
  const handle = HANDLE.exec(asked);
  if (handle !== null) {
    const node = Number(handle[1]);
    if (node >= graph.nodeCount) throw new ObjectUnknownError(asked, `this heap has objects n-0 to n-${graph.nodeCount - 1}`);
    return { nodes: [node], byType: false };
  }
  const address = ADDRESS.exec(asked);
  if (address !== null) {
    const node = graph.address.indexOf(Number(address[1]));
    if (node < 0) throw new ObjectUnknownError(asked, 'no object of this heap has that address; addresses differ from process to process');
    return { nodes: [node], byType: false };
  }
  return { nodes: instancesOf(graph, asked), byType: true };
}

function instancesOf(graph: HeapGraph, asked: string): NodeIndex[] {
  const wanted = typesNamed(graph, asked);
  const isWanted = new Uint8Array(graph.types.length);
  for (const type of wanted) isWanted[type] = 1;
  const nodes: NodeIndex[] = [];
  for (let node = 0; node < graph.nodeCount; node++) if (isWanted[graph.typeOf[node]] === 1) nodes.push(node);
  if (nodes.length === 0) throw new ObjectUnknownError(asked, wanted.length > 0 ? noneOf(graph) : hint(graph, asked));
  return nodes;
}

/** Types of that full name; else those whose last part it is. */
export function typesNamed(graph: HeapGraph, asked: string): number[] {
  const matching = (isRight: (name: string) => boolean): number[] =>
    graph.types.flatMap((type, index) => (isRight(type.displayName) ? [index] : []));
  const exact = matching((name) => name === asked);
  return exact.length > 0 ? exact : matching((name) => name.endsWith(`.${asked}`));
}

/** A type without objects: dumps list types before objects, and may be cut off between them. */
function noneOf({ gaps }: HeapGraph): string {
  return `no object of that type is in the file${gaps.length === 0 ? '' : `, which does not hold the whole heap: ${gaps[0]}`}`;
}

const NAMES_OFFERED = 5;

function hint(graph: HeapGraph, asked: string): string {
  const part = asked.toLowerCase();
  const near = new Set(graph.types.map(({ displayName }) => displayName).filter((name) => name.toLowerCase().includes(part)));
  if (near.size === 0) return 'no type of this heap is called so; "heaptrail histogram FILE" lists them';
  const offered = [...near].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, NAMES_OFFERED);
  return `did you mean ${offered.join(', ')}${near.size > NAMES_OFFERED ? ` or one of ${near.size - NAMES_OFFERED} more` : ''}?`;
}
