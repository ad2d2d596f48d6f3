import { GrowingFloat64, GrowingUint32 } from '../growing-column.ts';
import type { SiteFrame } from '../heap-graph.ts';
import { InternedNames, type NameTable } from '../name-table.ts';
import type { AllocationProfile, FrameColumns, FrameIndex, StackIndex } from './allocation-profile.ts';
import { TupleTable } from './tuple-table.ts';

/** What a format knows of its profile beside the stacks. */
export interface ProfileFacts extends Pick<AllocationProfile, 'basis' | 'scope' | 'lines' | 'isLibraryFrame' | 'gaps'> {
  /** False where the file has no counts. */
  readonly counted: boolean;
  /** True where `addVariance` was called for all that was estimated. */
  readonly varied: boolean;
}

/** Collects places in code by number: equal ones share one. */
export class FrameTable {
  readonly names: NameTable;
  readonly #places = new TupleTable();

  constructor(names: NameTable = new InternedNames()) {
    this.names = names;
  }

  add({ function: name, file, line, column }: SiteFrame): FrameIndex {
    return this.#places.intern(this.names.intern(name), this.names.intern(file), line, column ?? 0);
  }

  finish(): FrameColumns {
    const [functions, file, line, column] = this.#places.finish();
    return { count: this.#places.size, function: functions, file, line, column };
  }
}

/**
 * Collects stacks, callers before callees, and puts them into columns once. Stack 0 is there from the start. What a stack
 * holds may be told at any time, for files have it in any order.
 */
export class ProfileBuilder {
  readonly frames = new FrameTable();
  readonly #parent = new GrowingUint32();
  readonly #frame = new GrowingUint32();
  readonly #bytes = new GrowingFloat64();
  readonly #counts = new GrowingFloat64();
  readonly #variance = new GrowingFloat64();

  constructor() {
    this.addStack(0);
  }

  get stackCount(): number {
    return this.#parent.length;
  }

  /** A new stack below that of its caller. Nobody looks whether there is an equal one already: totals do not mind. */
  addStack(caller: StackIndex): StackIndex {
    this.#parent.push(caller);
    this.#frame.push(0);
    this.#bytes.push(0);
    this.#counts.push(0);
    this.#variance.push(0);
    return this.#parent.length - 1;
  }

  setFrame(stack: StackIndex, frame: FrameIndex): void {
    this.#frame.set(stack, frame);
  }

  addBytes(stack: StackIndex, bytes: number): void {
    this.#bytes.set(stack, this.#bytes.at(stack) + bytes);
  }

  addCount(stack: StackIndex, count: number): void {
    this.#counts.set(stack, this.#counts.at(stack) + count);
  }

  addVariance(stack: StackIndex, squaredBytes: number): void {
    this.#variance.set(stack, this.#variance.at(stack) + squaredBytes);
  }

  finish({ counted, varied, ...facts }: ProfileFacts): AllocationProfile {
    return {
      ...facts,
      names: this.frames.names,
      frames: this.frames.finish(),
      stacks: { count: this.stackCount, parent: this.#parent.finish(), frame: this.#frame.finish() },
      bytes: this.#bytes.finish(),
      counts: counted ? this.#counts.finish() : undefined,
      variance: varied ? this.#variance.finish() : undefined,
    };
  }
}
