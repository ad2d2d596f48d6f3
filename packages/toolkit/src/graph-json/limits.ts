import { GraphLimitError, GraphOptionsError } from './errors.ts';

/** The same in both directions, so that what one side writes the other reads. */
export interface GraphLimits {
  /** Containers on the way from the root to a value, along the way the text is written. Default 10,000. */
  readonly maxDepth: number;
  /** Values in all containers together: properties, elements, keys and values of maps; a sparse array counts with its length. Default 5,000,000. */
  readonly maxNodes: number;
  /** Length of the text in UTF-16 units. Default 2^26, at most 2^28: strings end at 2^29 in V8. */
  readonly maxTextLength: number;
}

const DEFAULTS: GraphLimits = { maxDepth: 10_000, maxNodes: 5_000_000, maxTextLength: 2 ** 26 };
const LONGEST_TEXT = 2 ** 28;

/** Fills in what is not given. Throws GraphOptionsError for a limit that is none: a program's mistake, not bad input. */
export function limitsFrom(given: Partial<GraphLimits> = {}): GraphLimits {
  const { maxDepth = DEFAULTS.maxDepth, maxNodes = DEFAULTS.maxNodes, maxTextLength = DEFAULTS.maxTextLength } = given;
  const limits = { maxDepth, maxNodes, maxTextLength };
  for (const name of ['maxDepth', 'maxNodes', 'maxTextLength'] as const)
    if (typeof limits[name] !== 'number' || !(limits[name] >= 1))
      throw new GraphOptionsError(`${name} should be a number of at least 1, found ${limits[name]}`);
  if (limits.maxTextLength > LONGEST_TEXT)
    throw new GraphOptionsError(`maxTextLength should be at most ${LONGEST_TEXT}, found ${limits.maxTextLength}`);
  return limits;
}

export function tooDeep(limits: GraphLimits, at: string): GraphLimitError {
  return new GraphLimitError(
    `The graph is deeper than maxDepth, ${limits.maxDepth} containers, at ${at}. If that is meant, give a larger maxDepth on both sides.`,
  );
}

export function tooManyNodes(limits: GraphLimits, at: string): GraphLimitError {
  return new GraphLimitError(
    `The graph has more values than maxNodes, ${limits.maxNodes}; passed at ${at}. If that is meant, give a larger maxNodes on both sides.`,
  );
}

export function tooLong(limits: GraphLimits, length: number): GraphLimitError {
  return new GraphLimitError(
    `The text is longer than maxTextLength, ${limits.maxTextLength} characters: at least ${length}. If that is meant, give a larger maxTextLength on both sides.`,
  );
}
