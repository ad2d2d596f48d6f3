import type { Finding } from './finding.ts';
import type { Series, Verdict } from './report.ts';

/** Growth needs three points to be told from a step; with fewer dumps nothing was really looked at. */
export const FEWEST_DUMPS_FOR_AN_ANSWER = 3;

export interface VerdictInput {
  readonly findings: readonly Pick<Finding, 'kind'>[];
  readonly series: readonly Pick<Series, 'metric' | 'verdict' | 'smallestDetectablePerSecond' | 'reasons'>[];
  /** Dumps after start-up was over, that could be read. */
  readonly countedDumps: number;
  /** Growth in the heap that is no finding and may still become one, in words: with it nobody can say that nothing leaks. */
  readonly openGrowth: readonly string[];
}

export interface VerdictDecision {
  readonly verdict: Verdict;
  /** Why it is not a plain yes or no; belongs into the report's notes. Empty for leaks and suspicions, whose findings speak. */
  readonly notes: readonly string[];
}

/**
 * The answer in one word. The worst mistake is a confident wrong "no-leak", so that word needs dumps that were compared and a
 * resident size that is known not to grow; everything in doubt is "cannot-tell" with its reason.
 */
export function decideVerdict(input: VerdictInput): VerdictDecision {
  if (input.findings.some((finding) => finding.kind === 'leak')) return { verdict: 'leak', notes: [] };
  if (input.findings.length > 0) return { verdict: 'suspicion', notes: [] };
  if (input.countedDumps < FEWEST_DUMPS_FOR_AN_ANSWER) {
    return {
      verdict: 'too-short',
      notes: [
        `Too short: ${input.countedDumps} of the ${FEWEST_DUMPS_FOR_AN_ANSWER} dumps after start-up that an answer needs. Observe for longer.`,
      ],
    };
  }
  const doubts = [...doubtsAbout(input.series, input.openGrowth.length > 0), ...input.openGrowth];
  return doubts.length === 0 ? { verdict: 'no-leak', notes: [] } : { verdict: 'cannot-tell', notes: doubts };
}

function doubtsAbout(series: VerdictInput['series'], isAnythingOpen: boolean): string[] {
  const unexplained = isAnythingOpen ? 'and nothing in the heap is sure to explain it' : 'and no place in the heap explains it';
  const doubts = series
    .filter((entry) => entry.verdict === 'growing')
    .map((entry) => `Cannot tell: ${entry.metric === 'rssBytes' ? 'the resident size' : entry.metric} grew, ${unexplained}.`);
  const resident = series.find((entry) => entry.metric === 'rssBytes');
  if (resident === undefined) {
    doubts.push('Cannot tell: the resident size was not measured, so growth outside the heap would not have been seen.');
  } else if (resident.verdict === 'too-short') {
    doubts.push('Cannot tell: too few samples of the resident size to judge growth outside the heap.');
  } else if (resident.verdict === 'cannot-tell' && resident.smallestDetectablePerSecond === null) {
    // Without a limit something was seen that may be a growth; with one, the report states what would have been seen.
    doubts.push(`Cannot tell: the resident size ${resident.reasons?.[0] ?? 'is too uneven'}, so growth outside the heap is open.`);
  }
  const blocks = series.find((entry) => entry.metric === 'blocks');
  // Dumps between two bursts of work may miss what each burst leaves; the blocks do not.
  if (blocks?.verdict === 'cannot-tell' && blocks.smallestDetectablePerSecond === null)
    doubts.push(`Cannot tell: the number of memory blocks ${blocks.reasons?.[0] ?? 'is too uneven'}. Observe for longer.`);
  return doubts;
}
