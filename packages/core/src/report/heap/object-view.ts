/** One object as it is shown: finished and serialisable. */
export interface ObjectView {
  /** `n-1234`: what the next command on the same file accepts. */
  readonly handle: string;
  readonly type: string;
  /** What tells it from others of its type (a function's name, a text, a number); null where nothing does. */
  readonly text: string | null;
  /** `@` and V8's object id, or `@0x` and the memory address. */
  readonly address: string;
  readonly shallowBytes: number;
  /** What would be freed with it. 0 for what nothing holds. */
  readonly retainedBytes: number;
}
