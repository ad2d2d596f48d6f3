import { cleanColumns, sliceColumns, spanSeconds, type Columns } from './columns.ts';
import { bigFalls, blockLengthFor, lowerEnvelope } from './envelope.ts';
import { median, quantile } from './order-statistics.ts';
import { fitShapes, looksLikeOneStep, looksSaturating, type ShapeFit } from './saturation.ts';
import type { SeriesResult } from './series-result.ts';
import { trendOf, type Trend } from './trend.ts';

const FEWEST_SAMPLES = 12;
const FEWEST_TO_SAY_GROWING = 30;
/** The first part of the window is warm-up and has no say in the trend. */
const WARM_UP_SHARE = 0.2;
const MEANINGFUL_SHARE = 0.01;
/** One in a hundred by chance, on the whole; one in twenty when the later half has to say it again. */
const Z_WHOLE = 2.33;
const Z_LATER = 1.64;
/** A line that leaves over less than this is a rise, however much its last wobbles resemble their neighbours. */
const NEARLY_ALL = 0.99;
const LATER_MUST_KEEP = 0.5;
const TOOTH_OF_RISE = 0.5;
/** Standard errors at which nine growths in ten pass every stage; measured in series-rule.test.ts. */
const ERRORS_ON_THE_WHOLE = 3;
const ERRORS_IN_THE_LATER_HALF = 4.5;
/** A limit beyond this share of the level in one window says nothing. */
const USELESS_LIMIT_SHARE = 0.25;

export interface SeriesOptions {
  /** Growth over the window below this is none, whatever its certainty: 1 % of the level unless more is asked. In the values' unit. */
  readonly minimumGrowth?: number;
}

/**
 * What a series of samples does, after the staged rule in docs/architecture.md: envelope, trend, size of the effect, shape, and
 * the later half once more. Says "growing" only when all agree; never that anything leaks. Costs about a millisecond.
 */
export function judgeSeries(timesMs: Float64Array, values: Float64Array, { minimumGrowth = 0 }: SeriesOptions = {}): SeriesResult {
  const all = cleanColumns(timesMs, values);
  if (all.values.length < FEWEST_SAMPLES) {
    const reason = `${all.values.length} samples, ${FEWEST_SAMPLES} are needed`;
    return { verdict: 'too-short', slopePerSecond: null, interval: null, smallestDetectablePerSecond: null, reasons: [reason] };
  }
  const tail = sliceColumns(all, Math.floor(all.values.length * WARM_UP_SHARE));
  const meaningful = Math.max(MEANINGFUL_SHARE * Math.abs(median(tail.values)), minimumGrowth);
  const seen = lookAt(tail);
  const { trend, shapes, envelope } = seen;
  const whole = answerFrom(seen, meaningful);

  if (looksLikeOneStep(shapes) && shapes.stepHeight > meaningful) {
    const after = sliceColumns(tail, Math.ceil((shapes.stepAt / envelope.values.length) * tail.values.length));
    if (after.values.length * 2 < tail.values.length)
      return unproven(whole('cannot-tell', 'rose in one step, too late to see whether another follows'));
    return answerFrom(lookAt(after), meaningful)('warming-up', 'rose in one step, and no more after it');
  }
  const rises = isSure(trend, Z_WHOLE) && trend.rise > meaningful;
  if (!rises) return withoutRise(all, tail, seen, meaningful);
  if (looksSaturating(shapes)) return whole('levelling-off', 'a curve that comes to rest fits better than a line');
  const { earlier, later } = seen;
  if (later.perSecond < LATER_MUST_KEEP * earlier.perSecond) {
    return later.rise < meaningful / 2
      ? whole('warming-up', 'grew in the earlier half, and no more in the later')
      : whole('levelling-off', 'grows less than half as fast in the later half');
  }
  if (!isSure(later, Z_LATER)) {
    return unproven(whole('cannot-tell', 'rose on the whole, which the later half alone does not confirm'));
  }
  if (all.values.length < FEWEST_TO_SAY_GROWING)
    return unproven(whole('cannot-tell', 'rises, in too few samples to tell it from one tooth of a saw'));
  if (mayBeTeeth(tail, trend.rise))
    return unproven(whole('cannot-tell', 'rises between one or two deep falls, which may be teeth of a long saw'));
  return whole('growing', 'the lower envelope rises, like a line, and in the later half as well');
}

function isSure({ z, interval, explained }: Trend, least: number): boolean {
  return interval[0] > 0 && (z > least || explained > NEARLY_ALL);
}

/** One or two falls as deep as half the rise: a saw whose teeth are too long for the blocks, or a leak; this window cannot say. */
function mayBeTeeth({ values }: Columns, rise: number): boolean {
  const falls = bigFalls(values);
  return falls.length < 3 && falls.some((at) => values[at - 1] - values[at] > rise * TOOTH_OF_RISE);
}

/** Everything that the stages ask about one window. */
interface Look {
  readonly envelope: Columns;
  readonly trend: Trend;
  readonly earlier: Trend;
  readonly later: Trend;
  readonly shapes: ShapeFit;
}

function lookAt(window: Columns): Look {
  const blockLength = blockLengthFor(window.values);
  const envelope = lowerEnvelope(window, blockLength);
  const half = Math.floor(window.values.length / 2);
  return {
    envelope,
    trend: trendOf(envelope),
    earlier: trendOfWindow(sliceColumns(window, 0, half)),
    later: trendOfWindow(sliceColumns(window, half)),
    shapes: fitShapes(envelope),
  };
}

/** With blocks of its own length: half a window has half the samples. */
function trendOfWindow(window: Columns): Trend {
  return trendOf(lowerEnvelope(window, blockLengthFor(window.values)));
}

type Answer = (verdict: SeriesResult['verdict'], reason: string) => SeriesResult;

function answerFrom(look: Look, meaningful: number): Answer {
  return (verdict, reason) => ({
    verdict,
    slopePerSecond: look.trend.perSecond,
    interval: look.trend.interval,
    smallestDetectablePerSecond: smallestDetectable(look, meaningful),
    reasons: [reason],
  });
}

/** Something was seen that may be a growth: no limit may be stated then. */
function unproven(result: SeriesResult): SeriesResult {
  return { ...result, smallestDetectablePerSecond: null };
}

function withoutRise(all: Columns, tail: Columns, look: Look, meaningful: number): SeriesResult {
  const { envelope } = look;
  const answer = answerFrom(look, meaningful);
  const low = quantile(envelope.values, 0.1);
  const high = quantile(envelope.values, 0.9);
  const last = median(envelope.values.subarray(-3));
  const first = median(envelope.values.subarray(0, 3));
  const start = median(all.values.subarray(0, 3));
  const rose = high - Math.max(first, last);
  if (rose > Math.max(meaningful, (high - low) / 2)) return answer('back-to-baseline', 'rose and came back to where it was');
  if (bigFalls(tail.values).length >= 2 && quantile(tail.values, 0.9) - low > meaningful) {
    return answer('sawtooth', 'rises and falls, with a floor that does not rise');
  }
  if (first - start > meaningful && first - start > high - low) return answer('warming-up', 'grew at the start, and no more after it');
  if (look.trend.interval[0] > 0 && look.trend.rise > meaningful)
    return unproven(answer('cannot-tell', 'rose on the whole, which may be chance where neighbours resemble each other so much'));
  if (smallestDetectable(look, meaningful) * spanSeconds(envelope) > USELESS_LIMIT_SHARE * Math.abs(median(tail.values))) {
    return answer('cannot-tell', 'so uneven that only a growth by a quarter would have been seen');
  }
  return answer('steady', 'no growth beyond chance, or less than one part in a hundred');
}

/** The slowest steady growth that would have passed every stage: large enough to matter on the whole, and out of the noise in the later half. */
function smallestDetectable({ envelope, trend, later }: Look, meaningful: number): number {
  const span = spanSeconds(envelope);
  if (span === 0) return 0;
  return Math.max(
    (1.02 * meaningful) / span + ERRORS_ON_THE_WHOLE * trend.standardErrorPerSecond,
    ERRORS_IN_THE_LATER_HALF * Math.max(later.standardErrorPerSecond, 2.8 * trend.standardErrorPerSecond),
    trend.interval[1],
  );
}
