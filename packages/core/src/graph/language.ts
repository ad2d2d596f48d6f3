import type { EdgeLabel } from './edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from './heap-graph.ts';
import type { WaitingState } from './waiting.ts';

/**
 * What is particular to one runtime's heap: how a developer wrote what the graph holds, and what proves an object alive
 * or dead. Owned here, filled in `formats/<name>/`, so that no analysis asks which runtime it looks at.
 */
export interface Language {
  readonly id: string;
  /**
   * The children of a node as its developer sees them: attributes of an instance rather than the table behind it, closure
   * variables rather than cells. Tables that are passed through are announced by `absorb`, so that their bytes count for
   * the owner. Not for exact graph algorithms, which read the columns.
   */
  children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void;
  /** How many entries a collection holds of its own (items, members, pairs); 0 for what is no collection. */
  entryCount(graph: HeapGraph, node: NodeIndex): number;
  /** One step as written in the language: `.attr`, `["key"]`, `[3]`, `local rows`. */
  labelText(graph: HeapGraph, label: EdgeLabel): string;
  /** The same without anything that differs from run to run: `[x]` for keys and positions. */
  labelPattern(graph: HeapGraph, label: EdgeLabel): string;
  /** What tells an object from others of its type: a text, a number, the name of a function; undefined where nothing does. At most 80 characters. */
  nodeText(graph: HeapGraph, node: NodeIndex): string | undefined;
  /** An entry of the address column as its runtime writes it: `0x7f3a12c0`, or V8's object id in decimals. */
  addressText(address: number): string;
  /** What is known of an object by itself, for the verdict on a retaining path. */
  status(graph: HeapGraph, node: NodeIndex): ObjectStatus;
  /** True for a reference from code to the namespace it runs in: it holds everything, and says nothing. */
  isNamespace(graph: HeapGraph, label: EdgeLabel): boolean;
  /** Registered finalizers: what they watch and what their callbacks hold. Empty where the runtime shows none. */
  finalizers(graph: HeapGraph): readonly FinalizerRegistration[];
  /** Tasks and threads that wait, and what can wake them. Left out where the runtime does not show it. */
  waiting?(graph: HeapGraph): WaitingState;
  /** Where a function stands that was left in the middle. Left out where the runtime does not show it; undefined for other objects. */
  suspension?(graph: HeapGraph, node: NodeIndex): SuspendedFunction | undefined;
  /** A limit that the collection keeps to, if one is known: enforced by the runtime, or stated by a field beside it. */
  bound(graph: HeapGraph, collection: NodeIndex, owners: readonly NodeIndex[]): CollectionBound | undefined;
  /** What an object is for, where the runtime gives it a part of its own. */
  role(graph: HeapGraph, node: NodeIndex): ObjectRole | undefined;
  /** Part of a collection that the runtime makes anew as the collection grows (elements, a hash table). Left out where collections have no such parts. */
  isTable?(graph: HeapGraph, node: NodeIndex): boolean;
  /** True when the object's own class tells it of its end (`__del__`): its cycle is freed in an order of the collector's choosing. */
  hasFinalizer(graph: HeapGraph, node: NodeIndex): boolean;
  /** False for an object that the runtime's cycle collector does not look into: a cycle through it is never freed. */
  isCollected(graph: HeapGraph, node: NodeIndex): boolean;
  /** True for modules that come with the language: seldom the holder to change. */
  isLibraryModule(name: string): boolean;
  /** True for frames of heaptrail's own agent. */
  isAgentFrame(frame: SiteFrame): boolean;
  /** True for frames that belong to the language's own library or to generated code: seldom the line to mend. */
  isLibraryFrame(frame: SiteFrame): boolean;
  /** True for frames that import a module. Left out where importing is not seen in stacks. */
  isImportFrame?(frame: SiteFrame): boolean;
}

export interface ChildSink {
  child(target: NodeIndex, label: EdgeLabel): void;
  /** Passes through a table on behalf of its owner; false when the table was reached before, and is to be left alone. */
  absorb(node: NodeIndex): boolean;
}

export type ObjectStatus =
  | { readonly status: 'alive'; readonly reason: string }
  | { readonly status: 'leaking'; readonly reason: string }
  | { readonly status: 'unknown' };

/**
 * `activity`: thread, task, coroutine, generator. `callable`: function, method, partial. `weak`: weak reference. `constant`:
 * text, number. `cache`: a memo that the runtime keeps. `runtime`: what programs are held with (module, code, system root):
 * nearly everything is behind it, so it is nobody's suspect.
 */
export type ObjectRole = 'activity' | 'callable' | 'weak' | 'constant' | 'class' | 'cache' | 'runtime';

/** A generator or coroutine that has not ended. */
export interface SuspendedFunction {
  readonly kind: 'generator' | 'coroutine' | 'async generator';
  readonly state: 'created' | 'suspended' | 'running';
  readonly frame: SiteFrame;
}

export interface FinalizerRegistration {
  /** The object that stands for the registration. */
  readonly registration: NodeIndex;
  /** What is watched; undefined when it is gone. */
  readonly target: NodeIndex | undefined;
  /** Callback, arguments, held values: what the registration keeps alive. */
  readonly holds: readonly NodeIndex[];
  /** Of these, what it keeps alone, by references from `holder`; they go when the target went and the callback ran. */
  readonly held: readonly NodeIndex[];
  readonly holder: NodeIndex;
  /** Where many registrations have one callback: the object that holds it, and them. */
  readonly registry?: FinalizerRegistry;
  /** The callback's name as its language writes it. */
  readonly callback: string;
  /** Where the callback is defined, if known. */
  readonly callbackFrame: SiteFrame | undefined;
}

export interface FinalizerRegistry {
  readonly node: NodeIndex;
  readonly callback: NodeIndex;
}

export interface CollectionBound {
  readonly name: string;
  readonly limit: number;
  /** `runtime` bounds cannot be exceeded; `stated` ones are numbers beside the collection. */
  readonly kind: 'runtime' | 'stated';
}
