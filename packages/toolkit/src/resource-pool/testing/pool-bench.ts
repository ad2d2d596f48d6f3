import { ManualClock } from '../../clock/manual-clock.ts';
import { type Logger } from '../../logger/logger.ts';
import { type CreateContext, type ResourcePoolOptions } from '../pool-options.ts';
import { ResourcePool } from '../resource-pool.ts';
import { type PoolEvent } from '../pool-events.ts';

/** A resource of tests: it knows what was done to it. */
export interface Boat {
  readonly number: number;
  readonly context: CreateContext;
  state: 'afloat' | 'sunk';
}

export interface PoolBench {
  readonly clock: ManualClock;
  readonly pool: ResourcePool<Boat>;
  /** All that were ever made, in order. */
  readonly boats: readonly Boat[];
  readonly afloat: () => number;
  readonly events: readonly PoolEvent[];
  readonly warnings: readonly string[];
}

/** A pool of boats, on a clock that stands still. */
export function poolOfBoats(options: Partial<ResourcePoolOptions<Boat>> & { readonly clock?: ManualClock } = {}): PoolBench {
  const clock = options.clock ?? new ManualClock();
  const boats: Boat[] = [];
  const events: PoolEvent[] = [];
  const warnings: string[] = [];
  const logger: Logger = { warn: (code, message) => void warnings.push(`${code}: ${message}`) };
  const pool = new ResourcePool<Boat>({
    maxSize: 2,
    clock,
    logger,
    stacks: 'never',
    name: 'Harbour',
    destroy: (boat) => void (boat.state = 'sunk'),
    ...options,
    create: async (context) => {
      const boat: Boat = options.create === undefined ? { number: boats.length, context, state: 'afloat' } : await options.create(context);
      boats.push(boat);
      return boat;
    },
  });
  pool.observe((event) => void events.push(event));
  return { clock, pool, boats, events, warnings, afloat: () => boats.filter((boat) => boat.state === 'afloat').length };
}
