import { pathToOwnTarget } from '../../evidence/finalizers/self-holding.ts';
import { newRegistrations } from '../finalizer-registrations.ts';
import type { Pattern } from '../pattern.ts';

/** Registrations looked at: a sample from both ends tells as much as all of them. */
const MOST_LOOKED_AT = 200;

export const finalizerHoldsItsTarget: Pattern = {
  id: 'finalizer-holds-its-target',
  title: 'the callback of a finalizer reaches the object that it waits for, so that object can never go',
  fix: 'give the finalizer a function and arguments that do not refer to the object: a static method and the resource itself, not a bound method or a closure over self',
  match(evidence) {
    const { graph } = evidence;
    const registrations = newRegistrations(evidence);
    const lookedAt = registrations.slice(-MOST_LOOKED_AT);
    const paths = lookedAt.flatMap((registration) => {
      const path = pathToOwnTarget(graph, registration);
      return path === undefined ? [] : [{ registration, path }];
    });
    if (paths.length === 0 || paths.length < lookedAt.length / 2) return undefined;
    const { registration, path } = paths[0];
    const typeName = (node: number): string => graph.types[graph.typeOf[node]].displayName;
    return {
      title: `${typeName(registration.target!)} is kept alive by its own finalizer`,
      evidence: [
        `${paths.length} of ${lookedAt.length} new finalizers reach their own target`,
        `for example: ${[registration.callback, ...path.map(typeName)].join(' → ')}`,
      ],
      against: [],
      exact: true,
    };
  },
};
