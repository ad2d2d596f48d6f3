/**
 * Where a borrower came from. V8 takes the frames at once and makes text of them when it is asked, which costs as
 * much again (several times as much with source maps); until then the frames hold their functions and receivers, the borrower among them.
 * So a stack is not asked for while its checkout is young, and `settle` is called before the pool lets go of the lease.
 */
export class BorrowersStack {
  #frames: Error | undefined;
  #text = '';
  readonly #ownFrames: number;

  /** `ownFrames`: how many of the first are the pool's. */
  constructor(frames: Error, ownFrames: number) {
    this.#frames = frames;
    this.#ownFrames = ownFrames;
  }

  /** The borrower's frames, one a line. */
  get text(): string {
    this.settle();
    return this.#text;
  }

  /** From now on it is text and holds nothing of the borrower. */
  settle(): void {
    if (this.#frames === undefined) return;
    this.#text = textOf(this.#frames, this.#ownFrames);
    this.#frames = undefined;
  }
}

/** `Error.prepareStackTrace` is the program's own: what it throws, or gives that is no text, must not stop the pool. */
function textOf(frames: Error, ownFrames: number): string {
  let stack: unknown;
  try {
    stack = frames.stack;
  } catch {
    return '';
  }
  if (typeof stack !== 'string') return '';
  const lines = stack.split('\n');
  // V8 puts the message first, others do not.
  return lines.slice((/^Error:? *$/.test(lines[0]) ? 1 : 0) + ownFrames).join('\n');
}
