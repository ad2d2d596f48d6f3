import type { Anchors } from '../../graph/anchors.ts';
import { LabelColumn } from '../../graph/graph-builder.ts';
import type { HeapGraph, HeapType, Root } from '../../graph/heap-graph.ts';
import type { AddressIndex } from './address-index.ts';
import { allocationSites } from './allocation-sites.ts';
import { renumbered, reordered } from './breadth-first-numbers.ts';
import { CodeTable } from './code-table.ts';
import type { DumpContents } from './dump-contents.ts';
import { canCountReferences, isWalkedStanding, nodesOf, numberDump, type DumpNumbers } from './dump-numbers.ts';
import type { DumpSurvey } from './dump-survey.ts';
import { outsideColumns } from './native-roots.ts';
import { PythonFacts, type ActivityFacts } from './python-facts.ts';
import { PythonLanguage } from './python-language.ts';
import type { RawType } from './raw-dump.ts';
import { threadFacts } from './thread-facts.ts';

/** Makes a graph of what was read: nodes get their final numbers, and everything that carries the old ones follows. */
export function graphOf(survey: DumpSurvey, index: AddressIndex, contents: DumpContents): HeapGraph {
  const { objects, facts } = contents;
  const numbers = numberDump(survey, index, contents);
  const { numbered, roots, counts, spare } = numbers;
  const { numberOf, order } = numbered;
  const code = new CodeTable(survey.code);
  const activity = activityOf(survey, index, contents, numbers);
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
    anchors: anchorsOf(roots, isWalkedStanding(survey) && canCountReferences(survey)),
    weak: { source: renumbered(facts.weak.source.finish(), numberOf), target: renumbered(facts.weak.target.finish(), numberOf) },
    ...(counts === undefined ? {} : { outside: outsideColumns(counts, numberOf) }),
    texts: facts.texts.finish(numberOf),
    values: facts.values.finish(numberOf),
    sites: allocationSites(survey, facts.siteOf.length === 0 ? facts.siteOf : reordered(facts.siteOf, order, spare.take()), code),
    language: new PythonLanguage(new PythonFacts(survey, code, activity, contents.typeNode, index, numberOf)),
    gaps: gapsOf(survey, index.duplicates, contents.references.dangling),
  };
}

function activityOf(
  survey: DumpSurvey,
  index: AddressIndex,
  contents: DumpContents,
  { numbered: { numberOf, firstEdge }, outside }: DumpNumbers,
): ActivityFacts {
  return {
    threads: threadFacts(survey.roots, index, numberOf, firstEdge),
    suspended: contents.facts.suspended.finish(numberOf),
    outside: new Map(Array.from(outside, ([node, count]) => [numberOf[node], count])),
    uncounted: uncountedReason(survey),
  };
}

function uncountedReason(survey: DumpSurvey): string | undefined {
  if (!isWalkedStanding(survey)) return 'the heap was walked while the program ran';
  return canCountReferences(survey) ? undefined : 'reference counts are not known';
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
