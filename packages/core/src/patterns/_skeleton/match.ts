import type { Pattern } from '../pattern.ts';

/** SKELETON: copy this folder, rename this, and add it to the list in `../index.ts`. It is in no list, so it names nothing. */
export const skeleton: Pattern = {
  id: 'the-id-of-the-mistake',
  title: 'what the programmer did, in one sentence',
  fix: 'what to write instead',
  match(evidence) {
    // Ask for what proves the mistake; everything else is not this mistake.
    if (evidence.growth.concrete.holder === undefined) return undefined;
    return undefined;
  },
};
