import { DROPPED } from './admission.ts';
import type { ContainerAdmission } from './container-admission.ts';
import type { Payload } from './payload.ts';

/** `{"$type":"Map","value":[[key,value],…]}` */
export function mapPayload(map: object, admission: ContainerAdmission): Payload {
  const values: unknown[] = [];
  const before: string[] = [];
  const pointers: string[] = [];
  admission.refuseProperties(map);
  Map.prototype.forEach.call(map, (value, key) => {
    const entry = values.length / 2;
    const admittedKey = admission.admit(key, entry);
    const admittedValue = admission.admit(value, entry);
    if (admittedKey === DROPPED || admittedValue === DROPPED) return;
    values.push(admittedKey, admittedValue);
    before.push(entry === 0 ? '[' : '],[', ',');
    pointers.push(`/value/${entry}/0`, `/value/${entry}/1`);
  });
  return { open: '{"$type":"Map","value":[', values, before, pointers, close: values.length === 0 ? ']}' : ']]}' };
}

/** `{"$type":"Set","value":[member,…]}` */
export function setPayload(set: object, admission: ContainerAdmission): Payload {
  const values: unknown[] = [];
  const before: string[] = [];
  const pointers: string[] = [];
  admission.refuseProperties(set);
  Set.prototype.forEach.call(set, (member) => {
    const admitted = admission.admit(member, values.length);
    if (admitted === DROPPED) return;
    before.push(values.length === 0 ? '' : ',');
    pointers.push(`/value/${values.length}`);
    values.push(admitted);
  });
  return { open: '{"$type":"Set","value":[', values, before, pointers, close: ']}' };
}

/** `{"$type":"Array","length":n,"value":[[index,element],…]}` for an array with holes. `indices` are those it has, ascending. */
export function sparsePayload(array: readonly unknown[], indices: readonly string[], admission: ContainerAdmission): Payload {
  const values: unknown[] = [];
  const before: string[] = [];
  const pointers: string[] = [];
  for (const index of indices) {
    const element = admission.own(array, index);
    before.push(`${values.length === 0 ? '' : '],'}[${index},`);
    pointers.push(`/value/${values.length}/1`);
    values.push(element === DROPPED ? undefined : element);
  }
  const close = values.length === 0 ? ']}' : ']]}';
  return { open: `{"$type":"Array","length":${array.length},"value":[`, values, before, pointers, close };
}

/** An index below the length, in the one way a key says it. */
export function isElement(key: string, length: number): boolean {
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < length && String(index) === key;
}
