import type { AnyGraphType } from '../graph-type.ts';
import type { RawContainer, RawObject } from './raw-json.ts';

/** A place whose value `JSON.parse` could not make: a reference or the value of a `$type`. */
export interface Slot {
  readonly holder: RawContainer;
  readonly key: string | number;
  /** The pointer, of a reference. */
  readonly pointer: string | undefined;
  /** The special, or the plain container a reference points to; undefined until references are resolved. */
  target: Special | RawContainer | undefined;
}

/** How a `$type` gets its content once everything it names is there. */
export type Filling = 'nothing' | 'map' | 'set' | 'sparse' | 'error' | 'view' | 'restore' | 'revive';

/** The value of one `$type` wrapper. */
export class Special {
  readonly wrapper: RawObject;
  readonly name: string;
  readonly filling: Filling;
  readonly type: AnyGraphType | undefined;
  /** Exists from the start, so that cycles can close on it; only what `revive` or a view makes comes later. */
  value: object | undefined;
  /** Slots in its payload: what it needs. */
  readonly needs: Slot[] = [];
  /** Slots that wait for a value that comes later. */
  readonly waiting: Slot[] = [];
  progress: 'new' | 'begun' | 'done' = 'new';

  constructor(wrapper: RawObject, name: string, filling: Filling, value: object | undefined, type?: AnyGraphType) {
    this.wrapper = wrapper;
    this.name = name;
    this.filling = filling;
    this.value = value;
    this.type = type;
  }
}
