import type { Pattern } from '../pattern.ts';
import { neverWaking, identityOf, stackText, waitedFor } from '../waiting-objects.ts';

export const taskNeverWakes: Pattern = {
  id: 'task-never-wakes',
  title: 'a task waits for something that nothing that still runs can bring about',
  fix: 'complete or cancel what the task waits for on every path (a reply table that drops an entry must fail its future), or put a limit on the wait',
  match(evidence) {
    const [first, ...others] = neverWaking(evidence, 'task');
    if (first === undefined) return undefined;
    const groups = [first, ...others];
    return {
      title: `waits for ever in ${first.site?.function ?? 'an unknown function'}`,
      evidence: [
        ...groups.map(
          (group) =>
            `${group.members.length} wait at ${stackText(evidence, group.stack)} on a ${group.members[0].waiter.waitText} that nothing that still runs can reach: only cancel() can end them`,
        ),
        ...waitedFor(evidence, groups),
      ],
      against: groups.some((group) => group.isParked) ? [PARKED] : [],
      exact: !groups.every((group) => group.isParked),
      identity: identityOf(evidence, first),
      groups: groups.map(({ key }) => key),
    };
  },
};

/** Said of waits that may be meant. */
export const PARKED = 'no variable of the program leads to what they wait for: whoever wrote this may mean them to be cancelled';
