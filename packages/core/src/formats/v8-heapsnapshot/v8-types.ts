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

const CONTEXT = 'system / Context';

/**
 * DevTools' class name of an object or native node: elements without their attributes (`<div id="a">` is a `<div>`). Contexts
 * lose what newer versions add, the function or the number of the scope: the same in every snapshot, as DevTools' is not.
 */
export function classNameOfNode(name: string): string {
  if (name.startsWith(`${CONTEXT} / `)) return CONTEXT;
  const from = name.startsWith('<') ? 0 : name.startsWith('Detached <') ? 10 : -1;
  const space = from < 0 ? -1 : name.indexOf(' ', from);
  return space < 0 ? name : `${name.slice(0, space)}>`;
}

/** The variables that the functions of a scope share. */
export function isContextType({ nodeType, name }: V8Type): boolean {
  return nodeType === 'object' && name === CONTEXT;
}

/** V8's own parts: `hidden` nodes, or in snapshots with its internals `native` ones under a name of V8's. */
export function isPartOfV8({ nodeType, name }: V8Type): boolean {
  return nodeType === 'hidden' || (nodeType === 'native' && name.startsWith('system / ') && !PAYLOADS.has(name));
}

/** Bytes of the program, outside of V8's heap. */
const PAYLOADS: ReadonlySet<string> = new Set(['system / JSArrayBufferData', 'system / ExternalStringData']);
