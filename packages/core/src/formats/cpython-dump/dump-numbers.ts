import type { NodeIndex, Root } from '../../graph/heap-graph.ts';
import type { AddressIndex } from './address-index.ts';
import { BreadthFirstNumbers, renumbered, type NumberedReferences } from './breadth-first-numbers.ts';
import type { DumpContents } from './dump-contents.ts';
import type { DumpSurvey } from './dump-survey.ts';
import { agentObjects, namedRoots, ownModuleFirst } from './named-roots.ts';
import { heldNatively, outsideCounts } from './native-roots.ts';
import { outsideReferences } from './outside-references.ts';
import { flagReferences } from './reference-flags.ts';
import { SpareColumns } from './spare-columns.ts';

/** What holds the objects of a dump, and the numbers that they get by it. */
export interface DumpNumbers {
  readonly numbered: NumberedReferences;
  /** By new numbers: the program's own module first, what native code holds last. */
  readonly roots: readonly Root[];
  /** References to a node that stand in no edge, for those of which it is asked; by old numbers. */
  readonly outside: ReadonlyMap<NodeIndex, number>;
  /** How many references from outside each object has, by old numbers; undefined where counts do not tell. */
  readonly counts: readonly (readonly [node: NodeIndex, references: number])[] | undefined;
  /** Columns over all nodes that are free to be used again. */
  readonly spare: SpareColumns;
}

/** Finds who holds what, and gives nodes their final numbers. The references of `contents` are used up. */
export function numberDump(survey: DumpSurvey, index: AddressIndex, contents: DumpContents): DumpNumbers {
  const { objects, references } = contents;
  const named = namedRoots(survey.roots, index);
  const agentModules = nodesOf(named.filter(({ kind }) => kind === 'agent'));
  for (const node of agentObjects(survey.types, agentModules, contents)) named.push({ kind: 'agent', node, name: 'heaptrail' });
  const native = canCountReferences(survey) ? heldNatively(objects.referenceCounts, references.counted) : new Uint32Array();
  const outside = outsideReferences(survey, index, objects.typeOf, native, objects.referenceCounts, references.counted);
  const isCounted = isWalkedStanding(survey);
  const frames = named.filter(({ kind }) => kind === 'frame').map(({ node }) => node);
  const counts =
    isCounted && canCountReferences(survey) ? outsideCounts(native, objects.referenceCounts, references.counted, frames) : undefined;

  const spare = new SpareColumns(index.nodeCount);
  spare.give(objects.referenceCounts, references.counted);
  const numbers = new BreadthFirstNumbers(contents.handOverReferences(), contents.labels.type, spare);
  numbers.reach(nodesOf(named.filter(({ kind }) => kind !== 'agent')));
  // What runs of the agent while it looks is held from outside too: that is no hold of the program's.
  const isOwn = new Set(named.flatMap(({ kind, node }) => (kind === 'agent' ? [node] : [])));
  const ofProgram = isOwn.size === 0 ? native : native.filter((node) => !isOwn.has(node));
  // In a running program no count is known: what a name leads to needs no other holder.
  const held = isCounted ? ofProgram : ofProgram.filter((node) => !numbers.isNumbered(node));
  numbers.reach(ofProgram);
  numbers.reach(nodesOf(named));
  const numbered = numbers.finish();
  spare.give(references.start, references.end);

  const { numberOf } = numbered;
  const nativeRoots = Array.from(renumbered(held, numberOf).sort(), (node): Root => ({ kind: 'native', node, name: '' }));
  const roots = [...ownModuleFirst(named.map((root): Root => ({ ...root, node: numberOf[root.node] }))), ...nativeRoots];
  flagReferences(numbered, roots);
  return { numbered, roots, outside, counts, spare };
}

/** What native code holds shows only in counts that are complete. */
export function canCountReferences({ damage, end, head }: DumpSurvey): boolean {
  return damage === undefined && end?.complete === true && head.runtime.build !== 'free-threaded';
}

/** Whether the program stood still: counts and references are then of one moment. */
export function isWalkedStanding({ head }: DumpSurvey): boolean {
  return head.mode !== 'in-process';
}

export function nodesOf(roots: readonly Root[]): Uint32Array {
  return Uint32Array.from(roots, ({ node }) => node);
}
