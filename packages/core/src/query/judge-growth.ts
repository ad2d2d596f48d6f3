import type { Growth } from '../evidence/growth/index.ts';
import type { CollectionBound } from '../graph/language.ts';
import type { Confidence, FindingKind } from '../report/index.ts';

export type Judgement =
  | { readonly report: true; readonly kind: FindingKind; readonly confidence: Confidence; readonly against: readonly string[] }
  /** Not a finding, but said in the notes: `why` continues "… grew, but". `open`: it may still turn out to be one. */
  | { readonly report: false; readonly why: string; readonly open: boolean };

/** Later growth below this share of the earlier is a container that fills up. */
const LEVELS_OFF = 0.35;
const SLOWS_DOWN = 0.6;
/** And below this it has come to rest. */
const AT_REST = 0.1;
/** What slows down, and kept less than this share of what was there in the earlier half, may be a window that moves. */
const KEEPS_WHAT_WAS = 0.5;
/** Fewer dumps have no earlier half whose objects had time to go. */
const FEWEST_DUMPS_OF_A_WINDOW = 5;
/** Below this, objects come and go and only their number rises: a backlog or a busier program. */
const PASSES_THROUGH = 0.5;
const STAYS = 0.9;
/** A container that fills for a few seconds looks like a leak for as long. */
const LONG_ENOUGH_MS = 10_000;
const LONG_ENOUGH_TO_SAY_MS = 4000;
/** Two dumps show a step as well as a slope: a few objects say nothing. */
const LEAST_GAIN_IN_TWO_DUMPS = 30;
/** Fewer dumps do not tell a slow saw, or a queue, from a leak where some of the objects go. */
const FEWEST_DUMPS_OF_WHAT_GOES = 4;
/** Fewer dumps do not show what levels off from work that comes in bursts. */
const FEWEST_DUMPS_TO_LEVEL_OFF = 4;
/** A container of the program that gained less and levels off is start-up, which moves many places a little. */
const LEAST_GAIN_IN_DOUBT = 100;
/** What only native code holds has no name to tell it from the interpreter's own tables, which fill up slowly. */
const FEWEST_DUMPS_WITHOUT_HOLDER = 4;
const LEAST_GAIN_WITHOUT_HOLDER = 50;
/** Fewer dumps do not show what stays below traffic that comes and goes. */
const FEWEST_DUMPS_BELOW_TRAFFIC = 5;

/**
 * How sure a growth is to be a leak. Confidence follows the number of dumps (`report.md`); an exact rule needs no more than
 * two. Everything that speaks against it is said, and enough of it makes a suspicion of a leak, or nothing of it. What the
 * dumps are too few to judge, or the time too short, stays open, and says what would settle it.
 */
export function judgeGrowth(growth: Growth, bound: CollectionBound | undefined, exact: boolean): Judgement {
  const dumps = growth.counts.length;
  if (bound?.kind === 'runtime') return { report: false, why: `it is bounded: ${bound.name} lets it hold ${bound.limit}`, open: false };
  if (bound !== undefined && isReached(bound.limit, growth.counts))
    return { report: false, why: `it is bounded: ${bound.name} = ${bound.limit} is reached`, open: false };
  if (growth.laterOverEarlier < LEVELS_OFF) return levellingOff(growth);
  const undecided = growth.heldNatively ? undecidedNative(growth) : undecidedBelowTraffic(growth);
  if (undecided !== undefined) return { report: false, why: undecided, open: true };
  const against: string[] = [];
  if (bound !== undefined) against.push(`a limit stands beside it and is not reached yet: ${bound.name} = ${bound.limit}`);
  if (growth.laterOverEarlier < SLOWS_DOWN)
    against.push(`it slows down: the later half grew at ${percent(growth.laterOverEarlier)} of the speed of the earlier`);
  if (growth.survival < PASSES_THROUGH)
    against.push(
      `only ${percent(growth.survival)} of the objects were still there in the next dump: they pass through, and their number rises`,
    );
  else if (growth.survival < STAYS) against.push(`${percent(1 - growth.survival)} of the objects were gone in the next dump`);
  if (growth.grewIn < dumps)
    against.push(`it did not rise in ${dumps - growth.grewIn} of the dumps: what stays is told from what comes and goes by its age`);
  if (exact) return { report: true, kind: 'leak', confidence: 'high', against };
  if (dumps < 3 && gainOf(growth) < LEAST_GAIN_IN_TWO_DUMPS)
    return { report: false, why: 'it is little, and was seen in two dumps only', open: false };
  if (mayBeChance(growth))
    return {
      report: false,
      why: 'it slows down, did not rise in each dump, and its rate may as well be none. Observe for longer',
      open: true,
    };
  if (mayBeWindow(growth))
    return {
      report: false,
      why: `it slows down, and ${percent(1 - growth.remains)} of what was there in the earlier half was gone at the end: it may be what is kept for a while, then dropped. Observe for several times as long as an entry is kept`,
      open: true,
    };
  if (dumps < 3) return { report: true, kind: 'suspicion', confidence: 'low', against: [...against, `seen in ${dumps} dumps only`] };
  const spanMs = growth.timesMs[dumps - 1] - growth.timesMs[0];
  if (spanMs < LONG_ENOUGH_MS) against.push(`seen for ${Math.round(spanMs / 100) / 10} s only`);
  const stays = dumps < FEWEST_DUMPS_OF_WHAT_GOES ? STAYS : PASSES_THROUGH;
  const doubtful = spanMs < LONG_ENOUGH_TO_SAY_MS || bound !== undefined || growth.laterOverEarlier < SLOWS_DOWN || growth.survival < stays;
  if (doubtful) return { report: true, kind: 'suspicion', confidence: 'low', against };
  return {
    report: true,
    kind: 'leak',
    confidence: growth.grewIn >= 5 && growth.grewIn === dumps && growth.survival >= STAYS && spanMs >= LONG_ENOUGH_MS ? 'high' : 'medium',
    against,
  };
}

/** It stands at the limit, and has not risen since the dump before. */
function isReached(limit: number, counts: readonly number[]): boolean {
  return counts.length > 1 && counts[counts.length - 1] >= limit && counts[counts.length - 2] >= limit;
}

/** Traffic whose number wanders: nothing but a slowing rise speaks for a growth that the numbers themselves do not show. */
function mayBeChance({ grewIn, counts, laterOverEarlier, objects }: Growth): boolean {
  return grewIn < counts.length && laterOverEarlier < SLOWS_DOWN && objects.interval[0] <= 0;
}

/** Entries that are kept for a good part of the run, then dropped (windows that rotate): their number rises until the first are dropped, and wavers then. */
function mayBeWindow({ counts, laterOverEarlier, survival, remains }: Growth): boolean {
  return counts.length >= FEWEST_DUMPS_OF_A_WINDOW && laterOverEarlier < SLOWS_DOWN && survival < STAYS && remains < KEEPS_WHAT_WAS;
}

function levellingOff(growth: Growth): Judgement {
  const gained = gainOf(growth);
  const matters = growth.heldNatively
    ? gained >= LEAST_GAIN_WITHOUT_HOLDER
    : gained >= LEAST_GAIN_IN_DOUBT || growth.counts.length < FEWEST_DUMPS_TO_LEVEL_OFF;
  return {
    report: false,
    why: `it levels off: the later half grew at ${percent(growth.laterOverEarlier)} of the speed of the earlier`,
    open: matters && growth.laterOverEarlier >= AT_REST,
  };
}

/** Why it cannot be told whether native code piles these objects up, and what would tell; undefined where it can. */
function undecidedNative(growth: Growth): string | undefined {
  const dumps = growth.counts.length;
  if (dumps < FEWEST_DUMPS_WITHOUT_HOLDER)
    return `only native code holds them, and ${dumps} dumps do not tell that from the interpreter's own tables, which fill up: ${smallestNative(growth)}`;
  if (growth.grewIn < dumps)
    return `only native code holds them, and they did not rise in ${dumps - growth.grewIn} of the ${dumps} dumps: ${smallestNative(growth)}`;
  if (gainOf(growth) < LEAST_GAIN_WITHOUT_HOLDER) return `only native code holds them, and they are few: ${smallestNative(growth)}`;
  return undefined;
}

/** The smallest growth that would have been called a leak in the same time, and what to do. */
function smallestNative(growth: Growth): string {
  const seconds = (growth.timesMs[growth.timesMs.length - 1] - growth.timesMs[0]) / 1000;
  const rate = seconds > 0 ? ` (${(LEAST_GAIN_WITHOUT_HOLDER / seconds).toPrecision(2)} a second in this time)` : '';
  return `a rise in each of at least ${FEWEST_DUMPS_WITHOUT_HOLDER} dumps, by ${LEAST_GAIN_WITHOUT_HOLDER} objects in all${rate}, is the smallest that is told. Observe for longer, with more dumps`;
}

function undecidedBelowTraffic(growth: Growth): string | undefined {
  const dumps = growth.counts.length;
  if (growth.grewIn === dumps || dumps >= FEWEST_DUMPS_BELOW_TRAFFIC) return undefined;
  return `it did not rise in each of the ${dumps} dumps, and what stays below traffic is told in ${FEWEST_DUMPS_BELOW_TRAFFIC} at least. Observe for longer, with more dumps`;
}

function gainOf(growth: Growth): number {
  return growth.counts[growth.counts.length - 1] - growth.counts[0];
}

/** Of a speed or a share; what went back did not go on at all. */
function percent(share: number): string {
  return `${Math.round(Math.max(0, share) * 100)} %`;
}
