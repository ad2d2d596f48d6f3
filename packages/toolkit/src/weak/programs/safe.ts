import { weak } from '../weak.ts';
import { weakProperty } from '../weak-property.ts';

/** Panels that show a feed, and feeds that know the panel that showed them last: neither keeps the other. */
class Feed {
  @weak accessor shownBy: Panel | undefined;
}

class Panel {
  @weak accessor feed: Feed | undefined;
}

const lastReader = weakProperty<Feed, Panel>();
/** Lives as long as the program: what outlives its panels. */
const feed = new Feed();
const panel = new Panel();

export function round(): void {
  for (let i = 0; i < 500; i++) {
    const passing = new Panel();
    passing.feed = feed;
    feed.shownBy = passing;
    lastReader.set(feed, passing);
    const brief = new Feed();
    panel.feed = brief;
    brief.shownBy = panel;
    lastReader.set(brief, panel);
    Object.freeze(passing);
    passing.feed = brief;
  }
}

export function tables(): Record<string, number> {
  return { feedsShown: panel.feed === undefined ? 0 : 1, readers: lastReader.has(feed) ? 1 : 0 };
}
