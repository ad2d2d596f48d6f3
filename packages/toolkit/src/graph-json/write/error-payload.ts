import { pointerStep } from '../pointer.ts';
import { DROPPED } from './admission.ts';
import type { ContainerAdmission } from './container-admission.ts';
import { stringText } from './literal-text.ts';
import type { Payload } from './payload.ts';

/** Own properties of errors that are not enumerable. */
const HIDDEN = ['message', 'cause', 'errors', 'stack'];

/** `{"$type":"TypeError","value":{"message":…,…}}`: the own properties, hidden ones first. */
export function errorPayload(error: object, name: string, admission: ContainerAdmission): Payload {
  const keys = HIDDEN.filter((key) => Object.hasOwn(error, key));
  for (const key of Object.keys(error)) if (!HIDDEN.includes(key)) keys.push(key);
  const values: unknown[] = [];
  const before: string[] = [];
  const pointers: string[] = [];
  for (const key of keys) {
    if (key === 'stack' && !admission.settings.errorStacks) continue;
    const value = key === 'stack' ? stackOf(error, admission) : admission.own(error, key);
    const written = admission.key(key, error);
    if (value === DROPPED || written === undefined) continue;
    before.push(`${values.length === 0 ? '' : ','}${stringText(written)}:`);
    pointers.push(`/value${pointerStep(written)}`);
    values.push(value);
  }
  admission.refuseSymbolKeys(error);
  return { open: `{"$type":${stringText(name)},"value":{`, values, before, pointers, close: '}}' };
}

/** An accessor in some engines; who wants stacks has asked for it either way. */
function stackOf(error: object, admission: ContainerAdmission): unknown {
  return admission.admit((error as { readonly stack?: unknown }).stack, 'stack');
}
