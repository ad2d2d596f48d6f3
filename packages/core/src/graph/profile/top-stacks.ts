import type { AllocationProfile, StackIndex } from './allocation-profile.ts';
import { largestFirst } from './largest-first.ts';

/** The stacks that allocated most themselves, the largest first. */
export function topStacks({ bytes, stacks }: AllocationProfile): readonly StackIndex[] {
  return [...largestFirst(bytes.subarray(0, stacks.count))].filter((stack) => stack !== 0);
}
