import { GraphRefError } from '../errors.ts';
import { isArrayIndex, stepsOf } from '../pointer.ts';
import { type Envelope, shorten } from './envelope.ts';
import { isContainer, type RawContainer } from './raw-json.ts';
import type { GraphScan } from './scan.ts';
import type { Special } from './special.ts';

/** Gives each reference its target, while the text's tree is as it was written. */
export function resolveRefs(envelope: Envelope, scan: GraphScan): void {
  const containers = new Map<string, RawContainer>([['', envelope]]);
  for (const slot of scan.slots) {
    if (slot.pointer === undefined) continue;
    slot.target = targetOf(slot.pointer, containers, scan);
  }
}

function targetOf(pointer: string, containers: Map<string, RawContainer>, scan: GraphScan): Special | RawContainer {
  const container = find(pointer, containers);
  if (container === undefined)
    throw new GraphRefError(`The reference "${shorten(pointer)}" points to nothing, or to a primitive. The graph is damaged or forged.`);
  if (scan.structural.has(container))
    throw new GraphRefError(
      `The reference "${shorten(pointer)}" points to a piece of the text that is no value of the graph: a payload, or another reference.`,
    );
  return scan.specialByWrapper.get(container) ?? container;
}

/** One step from the container that an earlier pointer had found, which is how references mostly come. */
function find(pointer: string, containers: Map<string, RawContainer>): RawContainer | undefined {
  const known = containers.get(pointer);
  if (known !== undefined) return known;
  const steps = stepsOf(pointer);
  if (steps === undefined) return undefined;
  const parent = containers.get(pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  let at: unknown = parent ?? containers.get('');
  for (const step of parent === undefined ? steps : steps.slice(-1)) {
    if (!isContainer(at) || !Object.hasOwn(at, step) || (Array.isArray(at) && !isArrayIndex(step))) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  if (!isContainer(at)) return undefined;
  containers.set(pointer, at);
  return at;
}
