import { ManualClock } from '../../clock/manual-clock.ts';
import { coalesce } from '../coalesce.ts';
import { throttle } from '../throttle.ts';
import { Ticker } from '../ticker.ts';

/** The same screens: their tasks capture them, and go with them. */
class Screen {
  readonly lines = new Array<string>(10).fill('line');
  drawn = 0;

  open(): void {
    ticker.every(60_000, this, () => this.draw());
    ticker.once(3_600_000, this, () => this.draw());
  }

  draw(): void {
    this.drawn++;
  }
}

class Update {
  readonly text = 'news';
}

const clock = new ManualClock();
const ticker = new Ticker({ clock });
let seen = 0;
const lasting = throttle((update: Update) => void (seen += update.text.length), { intervalMs: 100, clock });
const gathered = coalesce<Update>((updates) => void (seen += updates.length), { withinMs: 100, clock });

export async function round(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const screen = new Screen();
    screen.open();
    using handle = ticker.every(30_000, screen, (owner) => owner.draw());
    if (handle === undefined) throw new Error('every() gives a handle');
    const redraw = throttle((update: Update) => void (screen.drawn += update.text.length), { intervalMs: 100, clock });
    redraw(new Update());
    redraw(new Update());
    redraw[Symbol.dispose]();
    for (let update = 0; update < 5; update++) {
      lasting(new Update());
      gathered(new Update());
    }
  }
  await clock.advance(300);
}

/** After the collector: no task is left, and the ticker has paused. */
export function tables(): Record<string, number> {
  return { tasks: ticker.size, timers: clock.pendingTimers, pending: gathered.pending };
}
