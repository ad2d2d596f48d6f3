import { isErrorName, isViewName } from '../format.ts';
import { GraphTypeError } from '../errors.ts';
import { type AnyGraphType, isErrorClass } from '../graph-type.ts';
import { DROPPED } from './admission.ts';
import { mapPayload, setPayload } from './collection-payloads.ts';
import type { ContainerAdmission } from './container-admission.ts';
import { errorPayload } from './error-payload.ts';
import type { BuiltInName } from './kind-of.ts';
import { stringText } from './literal-text.ts';
import { viewPayload } from './view-payload.ts';

/** The inside of a `$type` wrapper that is no plain object: values, what stands before each, and their pointers inside the wrapper. */
export interface Payload {
  readonly open: string;
  readonly values: readonly unknown[];
  readonly before: readonly string[];
  readonly pointers: readonly string[];
  readonly close: string;
}

/** Undefined for registered types whose own properties are written as those of a plain object are. */
export function payloadOf(
  value: object,
  kind: Exclude<BuiltInName, 'Date' | 'ArrayBuffer'> | AnyGraphType,
  admission: ContainerAdmission,
): Payload | undefined {
  if (kind === 'Map') return mapPayload(value, admission);
  if (kind === 'Set') return setPayload(value, admission);
  if (typeof kind === 'string') {
    if (isViewName(kind)) return viewPayload(value, kind, admission.settings);
    if (isErrorName(kind)) return errorPayload(value, kind, admission);
    return undefined;
  }
  if (kind.save !== undefined) return statePayload(value, kind, admission);
  return isErrorClass(kind) ? errorPayload(value, kind.name, admission) : undefined;
}

/** One value: the state. */
function statePayload(instance: object, type: AnyGraphType, admission: ContainerAdmission): Payload {
  let state: unknown;
  try {
    state = type.save!(instance);
  } catch (cause) {
    throw new GraphTypeError(`The save function of type "${type.name}" threw. It should return the state of the instance.`, { cause });
  }
  const admitted = admission.admit(state, 'value');
  return {
    open: `{"$type":${stringText(type.name)},"value":`,
    values: [admitted === DROPPED ? undefined : admitted],
    before: [''],
    pointers: ['/value'],
    close: '}',
  };
}
