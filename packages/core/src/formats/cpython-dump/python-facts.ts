import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { CollectionBound } from '../../graph/language.ts';
import { NO_NODE, type AddressIndex } from './address-index.ts';
import { type CodeTable } from './code-table.ts';
import type { DumpSurvey } from './dump-survey.ts';
import type { RawType } from './raw-dump.ts';
import type { Suspensions } from './suspended-column.ts';
import type { ThreadFacts } from './thread-facts.ts';

/** What a dump says of threads, tasks and generators. */
export interface ActivityFacts {
  readonly threads: readonly ThreadFacts[];
  readonly suspended: Suspensions;
  /** References to a node that stand in no edge, for those that running functions hold and for bound methods. */
  readonly outside: ReadonlyMap<NodeIndex, number>;
  /** Why it cannot be known what holds an object from outside; undefined where it can. */
  readonly uncounted: string | undefined;
}

/** What of a dump beside the graph the language goes by: small, and kept as long as the graph. */
export class PythonFacts {
  /** By the graph's own numbers of types. */
  readonly types: readonly RawType[];
  readonly code: CodeTable;
  readonly activity: ActivityFacts;
  readonly #nodeOfType: ReadonlyMap<number, NodeIndex>;
  readonly #boundByNode: ReadonlyMap<NodeIndex, CollectionBound>;

  /** `typeNode` and `index` are in terms of `numberOf`'s old numbers. */
  constructor(
    survey: DumpSurvey,
    code: CodeTable,
    activity: ActivityFacts,
    typeNode: Uint32Array,
    index: AddressIndex,
    numberOf: Uint32Array,
  ) {
    this.types = survey.types;
    this.code = code;
    this.activity = activity;
    const nodeOfType = new Map<number, NodeIndex>();
    typeNode.forEach((node, type) => {
      if (node !== NO_NODE) nodeOfType.set(type, numberOf[node]);
    });
    this.#nodeOfType = nodeOfType;
    const boundByNode = new Map<NodeIndex, CollectionBound>();
    for (const [address, name, limit] of survey.bounds) {
      const node = index.nodeAt(address);
      if (node !== undefined) boundByNode.set(numberOf[node], { name, limit, kind: 'runtime' });
    }
    this.#boundByNode = boundByNode;
  }

  /** The class that a type of the graph is, where the dump holds it. */
  nodeOfType(type: number): NodeIndex | undefined {
    return this.#nodeOfType.get(type);
  }

  /** The limit that the runtime keeps for an object. */
  boundOf(node: NodeIndex): CollectionBound | undefined {
    return this.#boundByNode.get(node);
  }
}
