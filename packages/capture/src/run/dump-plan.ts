/**
 * When the next heap dump of one process is due. Pure: the clock and all that was seen are handed in.
 *
 * With an end in sight the dumps are spread over what is left, the first gaps short (so that a growing place is known early and
 * sites can be traced for the rest), all of different lengths (so that a program with a period is not always met in the same
 * phase). The last planned dump is the one at the end of the observation; it is not this plan's. Without an end the gaps grow
 * from 4 s to 10 min.
 */
export interface DumpPlanState {
  readonly nowMs: number;
  /** When the agent said hello. */
  readonly openedAtMs: number;
  /** When the observation ends; undefined when only the command or its user knows. */
  readonly endsAtMs: number | undefined;
  /** Dumps wanted in all, the one at the end among them. */
  readonly wantedDumps: number;
  /** When start-up was seen to be over. */
  readonly warmAtMs: number | undefined;
  readonly dumps: readonly PlannedDump[];
  readonly tracingSinceMs: number | undefined;
  /** How many processes share the time that dumps may cost. */
  readonly leadingProcesses: number;
  /** Resident bytes now and at the last dump. */
  readonly rssBytes: number | undefined;
  readonly rssAtLastDumpBytes: number | undefined;
}

export interface PlannedDump {
  readonly atMs: number;
  readonly wallMs: number;
  /** Pause of the program and processor time of the writer. */
  readonly costMs: number;
}

/** All dumps together may cost the machine this share of the time. */
const COST_SHARE = 0.05;
/** More, where somebody waits for the answer. */
const COST_SHARE_WITH_END = 0.1;
/**
 * With an end in sight a gap is stretched for cost to at most this share of what was left at the first dump: an answer with high
 * confidence needs five dumps.
 */
const MAX_STRETCH_SHARE = 1 / 7;
const GAP_WEIGHTS = [0.5, 0.75, 1.15, 1.4, 1.2];
const LATER_WEIGHTS = [1, 1.3, 0.8, 1.2];
/** Gaps stretched for cost differ too. */
const STRETCH_WEIGHTS = [1, 1.12, 1, 1.06];
const DUMPS_AFTER_TRACING = 3;
const OPEN_FIRST_GAP_MS = 4000;
const OPEN_LAST_GAP_MS = 600_000;
const OPEN_GROWTH = 1.5;
const WARM_SHARE = 0.1;
const FORCED_SHARE = 0.25;
const WARM_LEAST_MS = 3000;
const WARM_MOST_MS = 60_000;
const BURST_RATIO = 1.3;
const BURST_BYTES = 32 << 20;

/** The moment, in the past when it is due; undefined when only the dump at the end is left. */
export function nextDumpAtMs(state: DumpPlanState): number | undefined {
  const last = state.dumps.at(-1);
  if (last === undefined) return firstDumpAtMs(state);
  const leastGapMs = shortestGapMs(state, last);
  if (burst(state)) return last.atMs + leastGapMs;
  const gapMs = state.endsAtMs === undefined ? openGapMs(state) : closedGapMs(state, last, state.endsAtMs);
  if (gapMs === undefined) return undefined;
  const atMs = last.atMs + Math.max(gapMs, leastGapMs);
  return state.endsAtMs !== undefined && atMs > state.endsAtMs - leastGapMs / 2 ? undefined : atMs;
}

/** No sooner than this is start-up taken to be over, however steady the process looks. */
export function warmLeastMs(openedAtMs: number, endsAtMs: number | undefined): number {
  return endsAtMs === undefined ? WARM_LEAST_MS : Math.min(WARM_LEAST_MS, Math.max(0, endsAtMs - openedAtMs) * WARM_SHARE);
}

function firstDumpAtMs(state: DumpPlanState): number | undefined {
  const forcedMs = state.endsAtMs === undefined ? WARM_MOST_MS : Math.max(0, state.endsAtMs - state.openedAtMs) * FORCED_SHARE;
  return Math.min(state.warmAtMs ?? Infinity, state.openedAtMs + forcedMs);
}

function closedGapMs(state: DumpPlanState, last: PlannedDump, endsAtMs: number): number | undefined {
  const taken = state.dumps.length;
  const tracedDumps =
    state.tracingSinceMs === undefined ? DUMPS_AFTER_TRACING : state.dumps.filter((dump) => dump.atMs > state.tracingSinceMs!).length;
  const left = Math.max(state.wantedDumps - taken, DUMPS_AFTER_TRACING - tracedDumps, 1);
  if (left === 1) return undefined;
  let sum = 0;
  for (let i = 0; i < left; i++) sum += gapWeight(taken - 1 + i);
  return ((endsAtMs - last.atMs) * gapWeight(taken - 1)) / sum;
}

/** `index` 0 is the gap after the first dump. */
function gapWeight(index: number): number {
  return GAP_WEIGHTS[index] ?? LATER_WEIGHTS[index % LATER_WEIGHTS.length];
}

function openGapMs(state: DumpPlanState): number {
  const { tracingSinceMs } = state;
  const since = tracingSinceMs === undefined ? state.dumps.length : state.dumps.filter((dump) => dump.atMs > tracingSinceMs).length;
  const plainMs = Math.min(OPEN_LAST_GAP_MS, OPEN_FIRST_GAP_MS * OPEN_GROWTH ** Math.max(0, since - 1));
  return plainMs * LATER_WEIGHTS[state.dumps.length % LATER_WEIGHTS.length];
}

function shortestGapMs(state: DumpPlanState, last: PlannedDump): number {
  const forCostMs = (last.costMs * state.leadingProcesses) / (state.endsAtMs === undefined ? COST_SHARE : COST_SHARE_WITH_END);
  const mostMs = state.endsAtMs === undefined ? Infinity : (state.endsAtMs - state.dumps[0].atMs) * MAX_STRETCH_SHARE;
  const stretchedMs = Math.min(forCostMs, mostMs) * STRETCH_WEIGHTS[state.dumps.length % STRETCH_WEIGHTS.length];
  return Math.max(stretchedMs, 1.5 * last.wallMs, 500);
}

function burst(state: DumpPlanState): boolean {
  const { rssBytes, rssAtLastDumpBytes } = state;
  if (rssBytes === undefined || rssAtLastDumpBytes === undefined) return false;
  return (
    state.dumps.length < 2 * state.wantedDumps && rssBytes > rssAtLastDumpBytes * BURST_RATIO && rssBytes > rssAtLastDumpBytes + BURST_BYTES
  );
}

/** How many dumps an observation of this length wants, when nobody says. */
export function defaultDumps(durationMs: number | undefined): number {
  if (durationMs === undefined) return 10;
  if (durationMs <= 120_000) return 7;
  return durationMs <= 900_000 ? 8 : 10;
}

/**
 * Which dump to remove so that at most `most` stay: never the first nor the last two; of the others the one whose neighbours are closest together.
 * Answers an index, undefined when nothing has to go.
 */
export function dumpToThin(atMs: readonly number[], most: number): number | undefined {
  if (atMs.length <= most || atMs.length < 4) return undefined;
  let best = 1;
  for (let i = 2; i < atMs.length - 2; i++) {
    if (atMs[i + 1] - atMs[i - 1] < atMs[best + 1] - atMs[best - 1]) best = i;
  }
  return best;
}
