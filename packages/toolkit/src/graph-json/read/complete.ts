import { GraphTypeError } from '../errors.ts';
import { cycleThrough, define, putAll } from './fill.ts';
import type { RawObject } from './raw-json.ts';
import { Special } from './special.ts';

/**
 * Gives every special its content, those first that others need. Depth first over needs with a stack of its own; a need that is begun
 * and has its value already closes a cycle, and one without a value cannot be met.
 */
export function completeAll(specials: readonly Special[]): void {
  const stack: Special[] = [];
  const nexts: number[] = [];
  for (const root of specials) {
    if (root.progress !== 'new') continue;
    root.progress = 'begun';
    stack.push(root);
    nexts.push(0);
    while (stack.length > 0) {
      const top = stack.length - 1;
      const special = stack[top];
      if (nexts[top] === special.needs.length) {
        complete(special);
        special.progress = 'done';
        stack.pop();
        nexts.pop();
        continue;
      }
      const { target } = special.needs[nexts[top]++];
      if (!(target instanceof Special)) continue;
      if (target.progress === 'new') {
        target.progress = 'begun';
        stack.push(target);
        nexts.push(0);
      } else if (target.value === undefined) throw cycleThrough(target);
    }
  }
}

function complete(special: Special): void {
  const { value } = special.wrapper;
  if (special.filling === 'map')
    for (const [key, of] of value as [unknown, unknown][]) (special.value as Map<unknown, unknown>).set(key, of);
  else if (special.filling === 'set') for (const member of value as unknown[]) (special.value as Set<unknown>).add(member);
  else if (special.filling === 'sparse')
    for (const [index, element] of value as [number, unknown][]) (special.value as unknown[])[index] = element;
  else if (special.filling === 'error') defineError(special.value!, value as RawObject);
  else if (special.filling === 'restore') restore(special, value);
  else if (special.filling === 'revive') {
    special.value = revived(special, value);
    putAll(special.waiting, special.value);
  }
}

const HIDDEN: ReadonlySet<string> = new Set(['message', 'cause', 'errors', 'stack']);

/** Properties as they were; the place where the error was read is no stack of it. */
function defineError(error: object, properties: RawObject): void {
  for (const key of Object.getOwnPropertyNames(error)) Reflect.deleteProperty(error, key);
  for (const [key, value] of Object.entries(properties)) define(error, key, value, !HIDDEN.has(key));
}

function restore({ type, value, name }: Special, state: unknown): void {
  try {
    type!.restore!(value!, state);
  } catch (cause) {
    throw new GraphTypeError(`The restore function of type "${name}" threw. Its state may come from another version, or be forged.`, {
      cause,
    });
  }
}

function revived({ type, name }: Special, state: unknown): object {
  let value: unknown;
  try {
    value = type!.revive!(state);
  } catch (cause) {
    throw new GraphTypeError(`The revive function of type "${name}" threw. Its state may come from another version, or be forged.`, {
      cause,
    });
  }
  if (typeof value !== 'object' || value === null) throw new GraphTypeError(`The revive function of type "${name}" returned no object.`);
  return value;
}
