import { rateOf, type Growth, type GrowthResult } from '../evidence/growth/index.ts';
import { joinSites, NAMING_SHARE, type AllocationJoin } from '../evidence/join/allocation-join.ts';
import type { WaiterResult } from '../evidence/waiters/index.ts';
import type { CollectionBound, FinalizerRegistration } from '../graph/language.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../graph/heap-graph.ts';
import { namePattern } from '../patterns/index.ts';
import { fingerprint, type Finding } from '../report/index.ts';
import { heldBy, heldByRoot, type HeldBy } from './held-by.ts';
import { cameWithImports, type ModuleCount } from './imports-meanwhile.ts';
import { judgeGrowth, type Judgement } from './judge-growth.ts';
import { representativeOf, type Representative } from './representative.ts';

/** `note` is empty for growth that is not worth a word. `open` growth forbids to say that nothing leaks. */
export type GrowthAnswer =
  /** `groups`: keys of the groups of waiters that the finding speaks of. */
  { readonly finding: Finding; readonly groups: readonly string[] } | { readonly note: string; readonly open: boolean };

const MOST_OTHER_HOLDERS = 4;
const STILL_IMPORTING: Judgement = {
  report: false,
  why: 'modules were being imported all the while, and it came with them. Observe for longer: what grows when the program imports nothing more is told',
  open: true,
};

/** Turns one growth into a finding: the line, the holder, the mistake, and how sure all of that is. */
export function findingOfGrowth(
  result: GrowthResult,
  growth: Growth,
  finalizerByRegistration: ReadonlyMap<NodeIndex, FinalizerRegistration>,
  waiters?: WaiterResult,
  modulesAt?: ModuleCount,
): GrowthAnswer {
  const { heap } = result;
  const { graph } = heap;
  const representative = representativeOf(heap, growth, finalizerByRegistration);
  const bound = boundOf(heap, growth);
  const objects = representative?.nodes ?? [];
  const named = namePattern({ graph, heap, growth, objects, finalizerByRegistration, bound, waiters });
  const join = joinSites(graph, objects);
  const made = join?.sites[0]?.frames[0];
  if (made !== undefined && graph.language.isAgentFrame(made)) return { note: '', open: false };
  const judged = judgeGrowth(growth, bound, named?.match.exact === true);
  const isStartUp = judged.report && modulesAt !== undefined && cameWithImports(heap, growth, objects, modulesAt);
  const judgement = isStartUp ? STILL_IMPORTING : judged;
  const held = heldByOf(heap, growth, representative);
  const type = typeOf(heap, growth, representative);
  const inKeys = representative?.inKeys === true ? result.countsAt(representative.place) : undefined;
  if (!judgement.report) {
    if (!judgement.open && !worthAWord(growth)) return { note: '', open: false };
    return { note: `${type} in ${placeText(held)} grew (${growth.counts.join(', ')}), but ${judgement.why}.`, open: judgement.open };
  }
  return {
    groups: named?.match.groups ?? [],
    finding: {
      fingerprint: fingerprint(named?.match.identity === undefined ? [type, ...held.names] : [named.pattern.id, ...named.match.identity]),
      kind: judgement.kind,
      confidence: judgement.confidence,
      pattern: named?.pattern.id ?? null,
      patternTitle: named?.pattern.title ?? null,
      knownLibraryLeak: null,
      title: named === undefined ? `${type}: more of them in ${placeText(held)} in every dump` : `${type}: ${named.match.title}`,
      type,
      growth: {
        objectsPerSecond: rounded((inKeys === undefined ? growth.objects : rateOf(growth.timesMs, inKeys)).perSecond),
        bytesPerSecond: Math.round(growth.bytes.perSecond),
        interval: [Math.round(growth.bytes.interval[0]), Math.round(growth.bytes.interval[1])],
        grewIn: growth.grewIn,
        dumps: growth.counts.length,
        perUnitOfWork: null,
      },
      ...allocation(join),
      heldBy: [...held.steps],
      otherHolders: otherHolders(heap, growth),
      evidence: [
        ...growthEvidence(growth, type, inKeys),
        ...(named?.match.evidence ?? []),
        ...companionSites(graph, growth, representative, join),
      ],
      against: [...judgement.against, ...(named?.match.against ?? []), ...allocationDoubts(graph.sites.traced, join)],
      fix: named?.pattern.fix ?? null,
    },
  };
}

/** Start-up moves many places a little; a container of the program that gained much and is no leak is what a reader would ask about. */
function worthAWord(growth: Growth): boolean {
  return growth.concrete.holder !== undefined && growth.counts.at(-1)! - growth.counts[0] >= 100;
}

function heldByOf(heap: GrowthResult['heap'], growth: Growth, representative: Representative | undefined): HeldBy {
  const grows =
    representative === undefined
      ? undefined
      : { node: nodeUnder(heap, growth, representative), type: representative.type, inKeys: representative.inKeys };
  if (growth.concrete.holder !== undefined) return heldBy(heap, growth.concrete.holder, grows);
  return grows === undefined ? { steps: [], names: [] } : heldByRoot(heap, grows);
}

/** An object that hangs on the shown holder, so that the last step can be labelled. */
function nodeUnder(heap: GrowthResult['heap'], growth: Growth, representative: Representative): NodeIndex {
  return representative.nodes.find((node) => heap.walk.parent[node] === growth.concrete.holder) ?? representative.nodes[0];
}

function otherHolders(heap: GrowthResult['heap'], growth: Growth): Finding['otherHolders'] {
  return growth.otherHolders.slice(0, MOST_OTHER_HOLDERS).flatMap(({ concrete }) => {
    if (concrete.holder === undefined) return [];
    const { steps } = heldBy(heap, concrete.holder, undefined);
    return steps.length === 0 ? [] : [[...steps]];
  });
}

function boundOf(heap: GrowthResult['heap'], growth: Growth): CollectionBound | undefined {
  const { graph, walk } = heap;
  const { holder } = growth.concrete;
  if (holder === undefined) return undefined;
  const owners: NodeIndex[] = [];
  // The nearest two: what keeps the limit of a collection is the object that has it as an attribute, or the wrapper around that.
  for (let at = walk.parent[holder]; at >= 0 && owners.length < 2; at = walk.parent[at]!) owners.push(at);
  return graph.language.bound(graph, holder, owners);
}

function typeOf(heap: GrowthResult['heap'], growth: Growth, representative: Representative | undefined): string {
  if (representative !== undefined) return representative.type;
  const { holder } = growth.concrete;
  return holder === undefined ? 'object' : heap.graph.types[heap.graph.typeOf[holder]].displayName;
}

/** The path in short: from the last step that a reader would know to the suspect. */
function placeText(held: HeldBy): string {
  const suspect = held.steps.findIndex((step) => step.suspect);
  const steps = held.steps.slice(0, suspect + 1).map((step) => step.step);
  return steps.length <= 3 ? steps.join(' → ') : [steps[0], '…', ...steps.slice(-2)].join(' → ');
}

/** `inKeys`: how many of the type there were, where it is the keys that are made of them. */
function growthEvidence(growth: Growth, type: string, inKeys: readonly number[] | undefined): string[] {
  const dumps = growth.counts.length;
  const what = inKeys === undefined ? 'objects' : `entries, whose keys hold ${inKeys.join(', ')} × ${type}`;
  const evidence = [`grew in ${growth.grewIn} of ${dumps} dumps: ${growth.counts.join(', ')} ${what}`];
  if (growth.concrete.holders > 1)
    evidence.push(`in ${growth.concrete.holders} holders of the same kind; the one that gained most is shown`);
  for (const mirror of growth.mirrors) if (mirror.length > 0) evidence.push(`followed, without being held, by ${mirror.join(' → ')}`);
  return evidence;
}

/** Lines that make what comes with each object: the key of an entry is made where the entry is put in. */
function companionSites(
  graph: HeapGraph,
  growth: Growth,
  representative: Representative | undefined,
  join: AllocationJoin | undefined,
): string[] {
  const known = new Set(join?.sites.slice(0, 1).map(({ frames }) => lineText(frames[0])));
  const said: string[] = [];
  for (const [place, nodes] of growth.concrete.newNodes) {
    const first = place === representative?.place || nodes.length === 0 ? undefined : joinSites(graph, nodes)?.sites[0];
    if (first === undefined || first.share < NAMING_SHARE || known.has(lineText(first.frames[0]))) continue;
    known.add(lineText(first.frames[0]));
    said.push(
      `each comes with a ${graph.types[graph.typeOf[nodes[0]]].displayName} made at ${lineText(first.frames[0])} in ${first.frames[0].function}`,
    );
  }
  return said;
}

function lineText({ file, line }: SiteFrame): string {
  return `${file}:${line}`;
}

function allocation(join: AllocationJoin | undefined): Pick<Finding, 'allocated' | 'sites' | 'joined'> {
  if (join === undefined) return { allocated: [], sites: [], joined: null };
  const joined = { objects: join.objects, withThisSite: join.withThisSite };
  const [first] = join.sites;
  if (first !== undefined && first.share >= NAMING_SHARE)
    return { allocated: first.frames.map((frame) => ({ ...frame })), sites: [], joined };
  return {
    allocated: [],
    sites: join.sites.map(({ frames, objects, share }) => ({
      frames: frames.map((frame) => ({ ...frame })),
      objects,
      share: rounded(share),
    })),
    joined,
  };
}

function allocationDoubts(traced: boolean, join: AllocationJoin | undefined): string[] {
  if (join !== undefined) return join.withThisSite < NAMING_SHARE * join.objects ? ['no single line allocates half of these objects'] : [];
  return [
    traced
      ? 'none of these objects was made while allocations were traced: the line is not known'
      : 'allocations were not traced: the line is not known',
  ];
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
