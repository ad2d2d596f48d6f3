import { type AnyGraphType, TypeTable } from './graph-type.ts';
import { type GraphLimits, limitsFrom } from './limits.ts';
import { readGraph } from './read/read-graph.ts';
import type { GraphSettings } from './settings.ts';
import { policyFrom, type UnserialisablePolicy } from './unserialisable.ts';
import { GraphWriter } from './write/graph-writer.ts';

export interface GraphJsonOptions {
  /** Classes whose instances are written; both sides need the same. */
  readonly types?: readonly AnyGraphType[];
  readonly limits?: Partial<GraphLimits>;
  /** What to do with what has no text. Default `error`. */
  readonly unserialisable?: UnserialisablePolicy;
  /** Properties with getters: by the policy above, or read, which runs their code. Default `unserialisable`. */
  readonly accessors?: 'unserialisable' | 'read';
  /** `call` asks plain objects and unregistered instances that have a `toJSON` function, once each. Default `ignore`. */
  readonly toJSON?: 'ignore' | 'call';
  /** Properties named `__proto__`, `constructor`, `prototype`: refused, or kept as own properties. Default `refuse`. */
  readonly dangerousKeys?: 'refuse' | 'keep';
  /**
   * Views of a part of a buffer: their own bytes only, or the whole buffer with every view of it still shared (which also writes bytes
   * that the view does not show: Node's Buffers share one pool), or by the policy. Default `copy`.
   */
  readonly partialViews?: 'copy' | 'share' | 'unserialisable';
  /** Stacks of errors: they name paths of this machine and differ from run to run. Default false. */
  readonly errorStacks?: boolean;
}

export interface GraphJson {
  /**
   * The text of everything reachable from `value`. Linear in the graph, no recursion. The same graph, with its properties in the same
   * order, gives the same text. Throws a ToolkitError and nothing else, but for what your own code throws: the policy's function, getters and
   * `toJSON` that you asked it to call, the traps of a Proxy.
   */
  stringify(value: unknown): string;
  /** The graph of such a text. Throws a ToolkitError and nothing else, whatever the text is. */
  parse(text: string): unknown;
}

/** Graphs as JSON text, identity kept. Holds its options and nothing of what it wrote or read: there is nothing to dispose. */
export function graphJson(options: GraphJsonOptions = {}): GraphJson {
  const settings: GraphSettings = {
    types: new TypeTable(options.types ?? []),
    limits: limitsFrom(options.limits),
    unserialisable: policyFrom(options.unserialisable),
    readsAccessors: options.accessors === 'read',
    callsToJSON: options.toJSON === 'call',
    keepsDangerousKeys: options.dangerousKeys === 'keep',
    partialViews: options.partialViews ?? 'copy',
    errorStacks: options.errorStacks ?? false,
  };
  return Object.freeze({
    stringify: (value: unknown) => new GraphWriter(settings).write(value),
    parse: (text: string) => readGraph(text, settings),
  });
}
