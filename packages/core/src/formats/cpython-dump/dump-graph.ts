import type { Anchors } from '../../graph/anchors.ts';
import { LabelColumn } from '../../graph/graph-builder.ts';
import type { HeapGraph, HeapType, Root } from '../../graph/heap-graph.ts';
import type { AddressIndex } from './address-index.ts';
import { allocationSites } from './allocation-sites.ts';
import { BreadthFirstNumbers, renumbered, reordered } from './breadth-first-numbers.ts';
import { CodeTable } from './code-table.ts';
import type { DumpContents } from './dump-contents.ts';
import type { DumpSurvey } from './dump-survey.ts';
import { agentObjects, namedRoots, ownModuleFirst } from './named-roots.ts';
import { heldNatively, outsideColumns, outsideCounts } from './native-roots.ts';
import { outsideReferences } from './outside-references.ts';
import { PythonFacts, type ActivityFacts } from './python-facts.ts';
import { PythonLanguage } from './python-language.ts';
import type { RawType } from './raw-dump.ts';
import { flagReferences } from './reference-flags.ts';
import { SpareColumns } from './spare-columns.ts';
import { threadFacts } from './thread-facts.ts';

/** Makes a graph of what was read: nodes get their final numbers, and everything that carries the old ones follows. */
export function graphOf(survey: DumpSurvey, index: AddressIndex, contents: DumpContents): HeapGraph {
  const { objects, references } = contents;
  const named = namedRoots(survey.roots, index);
  for (const node of agentObjects(survey.types, objects.typeOf)) named.push({ kind: 'agent', node, name: 'heaptrail' });
  const native = canCountReferences(survey) ? heldNatively(objects.referenceCounts, references.counted) : new Uint32Array();

  const outside = outsideReferences(survey, index, objects.typeOf, native, objects.referenceCounts, references.counted);

  const isCounted = survey.head.mode !== 'in-process';
  const frames = named.filter(({ kind }) => kind === 'frame').map(({ node }) => node);
  const counts = isCounted ? outsideCounts(native, objects.referenceCounts, references.counted, frames) : undefined;

  const spare = new SpareColumns(index.nodeCount);
  spare.give(objects.referenceCounts, references.counted);
  const numbers = new BreadthFirstNumbers(contents.handOverReferences(), spare);
  numbers.reach(nodesOf(named.filter(({ kind }) => kind !== 'agent')));
  // In a running program no count is known: what a name leads to needs no other holder.
  const held = isCounted ? native : native.filter((node) => !numbers.isNumbered(node));
  numbers.reach(native);
  numbers.reach(nodesOf(named));
  const numbered = numbers.finish();
  spare.give(references.start, references.end);
  const { numberOf, order } = numbered;

  const nativeRoots = Array.from(renumbered(held, numberOf).sort(), (node): Root => ({ kind: 'native', node, name: '' }));
  const roots = [...ownModuleFirst(named.map((root): Root => ({ ...root, node: numberOf[root.node] }))), ...nativeRoots];
  flagReferences(numbered, contents.labels.type, roots);
  const code = new CodeTable(survey.code);
  const activity: ActivityFacts = {
    threads: threadFacts(survey.roots, index, numberOf, numbered.firstEdge),
    suspended: contents.facts.suspended.finish(numberOf),
    outside: new Map(Array.from(outside, ([node, count]) => [numberOf[node], count])),
    uncounted: isCounted
      ? canCountReferences(survey)
        ? undefined
        : 'reference counts are not known'
      : 'the heap was walked while the program ran',
  };
  const address = new Float64Array(index.nodeCount);
  index.writeAddresses(numberOf, address);
  return {
    nodeCount: index.nodeCount,
    edgeCount: numbered.edgeTarget.length,
    typeOf: reordered(objects.typeOf, order, spare.take()),
    shallowBytes: reordered(objects.shallowBytes, order, spare.take()),
    address,
    firstEdge: numbered.firstEdge,
    edgeTarget: numbered.edgeTarget,
    edgeFlags: numbered.edgeFlags,
    edgeLabels: new LabelColumn(numbered.edgeLabel),
    types: survey.types.map(heapType),
    names: contents.names,
    roots,
    anchors: anchorsOf(roots, isCounted && canCountReferences(survey)),
    weak: {
      source: renumbered(contents.facts.weak.source.finish(), numberOf),
      target: renumbered(contents.facts.weak.target.finish(), numberOf),
    },
    ...(counts === undefined || !canCountReferences(survey) ? {} : { outside: outsideColumns(counts, numberOf) }),
    texts: contents.facts.texts.finish(numberOf),
    values: contents.facts.values.finish(numberOf),
    sites: allocationSites(
      survey,
      contents.facts.siteOf.length === 0 ? contents.facts.siteOf : reordered(contents.facts.siteOf, order, spare.take()),
      code,
    ),
    language: new PythonLanguage(new PythonFacts(survey, code, activity, contents.typeNode, index, numberOf)),
    gaps: gapsOf(survey, index.duplicates, references.dangling),
  };
}

/** What native code holds shows only in counts that are complete. */
function canCountReferences({ damage, end, head }: DumpSurvey): boolean {
  return damage === undefined && end?.complete === true && head.runtime.build !== 'free-threaded';
}

/**
 * The program and what native code holds of it come first; the agent's own objects belong to the second tier. Where counts
 * do not tell what native code holds, nothing is known to be garbage.
 */
function anchorsOf(roots: readonly Root[], isCounted: boolean): Anchors {
  const nodes = (isWanted: (kind: Root['kind']) => boolean): Uint32Array => nodesOf(roots.filter(({ kind }) => isWanted(kind)));
  const near = nodes((kind) => kind !== 'agent' && kind !== 'native');
  return {
    rootNode: undefined,
    first: isCounted ? nodes((kind) => kind !== 'agent') : near,
    second: nodes((kind) => kind === 'agent'),
    near,
    unreached: isCounted ? 'garbage' : 'held',
  };
}

function nodesOf(roots: readonly Root[]): Uint32Array {
  return Uint32Array.from(roots, ({ node }) => node);
}

function gapsOf({ damage, end, head }: DumpSurvey, duplicates: number, dangling: number): string[] {
  const gaps: string[] = [];
  if (damage !== undefined)
    gaps.push(`the dump is damaged, ${damage.text}: what comes after is missing, and what native code holds is not known`);
  for (const [reason, count] of Object.entries(end?.skipped ?? {})) gaps.push(`${count} left out: ${reason}`);
  if (head.runtime.build === 'free-threaded') gaps.push('free-threaded build: reference counts do not tell what native code holds');
  if (damage === undefined && dangling > 0) gaps.push(`${dangling} references lead to objects that the dump does not hold`);
  if (duplicates > 0) gaps.push(`${duplicates} objects share an address with another, and are left out`);
  return gaps;
}

function heapType(type: RawType): HeapType {
  return {
    module: type.module,
    name: type.name,
    displayName: type.module === 'builtins' || type.module === '' ? type.name : `${type.module}.${type.name}`,
  };
}
