import { newRegistrations } from '../finalizer-registrations.ts';
import type { Pattern } from '../pattern.ts';

/** Registrations per target from which a second registration is no accident. */
const FEW_TARGETS = 0.25;

export const finalizerRegisteredRepeatedly: Pattern = {
  id: 'finalizer-registered-repeatedly',
  title: 'a finalizer is created on every call and only the first is kept in use',
  fix: 'test membership before creating the finalizer, or keep the owners in a WeakValueDictionary',
  match(evidence) {
    const registrations = newRegistrations(evidence);
    if (registrations.length === 0) return undefined;
    const targets = new Set(registrations.map((registration) => registration.target));
    // Many targets alive: their holder is the leak, and the finalizers only follow.
    if (targets.size > FEW_TARGETS * registrations.length) return undefined;
    const callbacks = new Set(
      registrations.map(({ callback, callbackFrame }) => `${callback} ${callbackFrame?.file ?? ''}:${callbackFrame?.line ?? 0}`),
    );
    const [first] = registrations;
    return {
      title: 'one more finalizer on every call',
      evidence: [
        `${registrations.length} new finalizers watch ${targets.size === 1 ? 'one object' : `only ${targets.size} objects`}`,
        callbacks.size === 1 ? `all with the callback ${first.callback}` : `${callbacks.size} different callbacks`,
      ],
      against: [],
      exact: false,
    };
  },
};
