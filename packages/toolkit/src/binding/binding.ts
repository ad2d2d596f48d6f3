import { dispose } from '../disposal/dispose-symbols.ts';
import type { Link } from './link.ts';

/** One binding, or both directions of one. Holds neither side: it need not be kept, and may be kept for long. */
export class Binding implements Disposable {
  readonly #links: readonly WeakRef<Link>[];
  readonly #remove: (link: Link) => void;

  /** @internal */
  constructor(links: readonly Link[], remove: (link: Link) => void) {
    this.#links = links.map((link) => new WeakRef(link));
    this.#remove = remove;
  }

  /** False once it was undone, replaced, or one of its sides is gone. */
  get active(): boolean {
    return this.#links.every((ref) => {
      const link = ref.deref();
      return link?.among.has(link) === true && link.target.deref() !== undefined;
    });
  }

  /** Undoes it, both directions of a two-way one. Values stay as they are. */
  unbind(): void {
    for (const ref of this.#links) {
      const link = ref.deref();
      if (link !== undefined) this.#remove(link);
    }
  }

  [dispose](): void {
    this.unbind();
  }
}
