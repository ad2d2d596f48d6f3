/**
 * What a program of the toolkit exports to be held against the collection test: `packages/toolkit/src/<primitive>/programs/`.
 * Nothing but what runs in Node and in browsers alike.
 */
export interface CollectionProgram {
  /**
   * Uses the primitive with objects of its own (a few thousand at most) and drops them. Called with 1, 2, 3 …; whatever a
   * round leaves behind on purpose (one registry, say) is made in the first, or when the module is loaded.
   */
  round(number: number): void | Promise<void>;
  /** Sizes of the tables that the primitive keeps, by name; asked after each round, once the collector found nothing more. */
  tables?(): Readonly<Record<string, number>>;
  /** Called once after the last round: what has to be closed before a program may end. */
  end?(): void | Promise<void>;
}
