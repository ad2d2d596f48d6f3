import type { Payload } from './payload.ts';
import { ROOT } from './places.ts';

/** One container that is being written. Reused for all at the same nesting. */
export class Frame {
  kind: 'object' | 'array' | 'payload' = 'object';
  id = ROOT;
  depth = 0;
  target: object = NOTHING;
  keys: readonly string[] = [];
  payload: Payload | undefined;
  next = 0;
  isEmpty = true;
  /** Of an object inside a `$type` wrapper: the pointer from the wrapper to it. */
  inner = '';
  close = '';

  open(kind: Frame['kind'], id: number, depth: number, target: object): void {
    this.kind = kind;
    this.id = id;
    this.depth = depth;
    this.target = target;
    this.keys = [];
    this.payload = undefined;
    this.next = 0;
    this.isEmpty = true;
    this.inner = '';
    this.close = '';
  }
}

const NOTHING = {};
