import { it } from 'vitest';
import { expectReadAsJson } from './testing/read-as-json.ts';

it('reads every number as JSON.parse does, in pieces of any size', () => {
  expectReadAsJson({ numRuns: 60, seed: 4 });
});
