import type { HeapType } from '../../graph/heap-graph.ts';

/** A type of V8 objects: a class name within one of V8's own types of nodes, so that the latter is known of every node. */
export interface V8Type extends HeapType {
  /** `object`, `closure`, `native`, …: as the file's header names it. */
  readonly nodeType: string;
}

/** Class names of all nodes of one V8 type, where the node's own name does not count (HeapSnapshot.ts, calculateObjectNames). */
const CLASS_NAMES: Readonly<Record<string, string>> = {
  hidden: '(system)',
  code: '(compiled code)',
  closure: 'Function',
  regexp: 'RegExp',
};

/** Types of these V8 types are named after the node. */
export function isNamedByNode(nodeType: string): boolean {
  return nodeType === 'object' || nodeType === 'native';
}

export function classNameOfNodeType(nodeType: string): string {
  return CLASS_NAMES[nodeType] ?? `(${nodeType})`;
}

/** DevTools' class name of an object or native node: elements without their attributes (`<div id="a">` is a `<div>`). */
export function classNameOfNode(name: string): string {
  const from = name.startsWith('<') ? 0 : name.startsWith('Detached <') ? 10 : -1;
  const space = from < 0 ? -1 : name.indexOf(' ', from);
  return space < 0 ? name : `${name.slice(0, space)}>`;
}
