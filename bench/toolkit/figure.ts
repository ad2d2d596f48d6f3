/**
 * One comparison: the same work done by several contenders, in one process, in turn. A file of `figures/` exports one as
 * `figure`; `run.ts` finds it there and measures it in a process of its own.
 */
export interface Figure {
  /** As `npm run bench:toolkit -- weak` asks for it: words of the primitive, then of what is done. */
  readonly id: string;
  /** What one operation is. */
  readonly operation: string;
  /** In one timed stretch; chosen so that it takes some milliseconds. */
  readonly operations: number;
  /** The first is ours; the others are what it is held against. */
  readonly contenders: readonly Contender[];
  /** What the ratio of ours to a contender (time by time) should not exceed. */
  readonly goals?: Readonly<Record<string, number>>;
  /** Stretches of each contender that count; 21 unless given. */
  readonly rounds?: number;
}

export interface Contender {
  readonly name: string;
  /** Does the work so many times. What it returns is kept until the next stretch, so that nothing is optimised away. */
  run(operations: number): unknown;
  /** Before each stretch, untimed: what has to be there. */
  prepare?(operations: number): void | Promise<void>;
  /** After the last stretch. */
  end?(): void | Promise<void>;
}

export interface FigureMeasured {
  readonly id: string;
  readonly operation: string;
  readonly contenders: readonly ContenderMeasured[];
  readonly goals: Readonly<Record<string, number>>;
}

export interface ContenderMeasured {
  readonly name: string;
  /** Median over the stretches. */
  readonly nsPerOperation: number;
  /** Middle half of the stretches. */
  readonly quartilesNs: readonly [low: number, high: number];
  /** Of ours to this one: the median of the ratios within each round, so that what slows a round slows both. */
  readonly oursTo: number;
}
