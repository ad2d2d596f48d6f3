/**
 * The careless weak property: a table from value to its owners, so that they can be told when the value goes. The feed is
 * held weakly, and its panels are not: each lives as long as the feed does.
 */
class Feed {
  readonly name = 'news';
}

class Panel {
  #feed: WeakRef<Feed> | undefined;

  get feed(): Feed | undefined {
    return this.#feed?.deref();
  }

  show(feed: Feed): void {
    this.#feed = new WeakRef(feed);
    const owners = ownersOf.get(feed) ?? new Set();
    ownersOf.set(feed, owners.add(this));
  }
}

const ownersOf = new WeakMap<Feed, Set<Panel>>();
const feed = new Feed();

export function round(): void {
  for (let i = 0; i < 500; i++) new Panel().show(feed);
}

export function tables(): Record<string, number> {
  return { owners: ownersOf.get(feed)?.size ?? 0 };
}
