import type { DiffLimit } from '@heaptrail/core';
import { InvalidArgumentError } from 'commander';
import { parseSize } from './parse-size.ts';

/** `growth=10MB`, `survivors=1MB`, `survivors:Session`, `survivors:Session=10`; one more of those that were given. */
export function parseDiffLimit(text: string, earlier: readonly DiffLimit[] = []): readonly DiffLimit[] {
  return [...earlier, oneLimit(text)];
}

function oneLimit(text: string): DiffLimit {
  if (text === 'leak' || text === 'suspicion')
    throw new InvalidArgumentError(
      'A few heaps do not tell a leak from a cache that fills ("heaptrail run --fail-on leak" watches a program); ' +
        'write how much may be more: growth=10MB, survivors=1MB or survivors:TYPE.',
    );
  const bytes = /^(growth|survivors)=(.*)$/.exec(text);
  if (bytes !== null) return { on: bytes[1] as 'growth' | 'survivors', bytes: parseSize(bytes[2]) };
  const objects = /^survivors:(.+?)(?:=(\d+))?$/.exec(text);
  if (objects !== null) return { on: 'survivors-of-type', type: objects[1], objects: Number(objects[2] ?? 0) };
  throw new InvalidArgumentError('Write growth=10MB, survivors=1MB, survivors:TYPE or survivors:TYPE=10.');
}
