import type { ProfileFormat } from '../profile-format.ts';
import { readHeapProfile } from './read-heap-profile.ts';

/** `.heapprofile`: of `node --heap-prof`, of DevTools, of `HeapProfiler.stopSampling` and `getSamplingProfile`. */
export const heapProfile: ProfileFormat = {
  id: 'heapprofile',
  title: 'V8 sampling heap profile',
  recognises,
  load(source, { progress }) {
    const profile = readHeapProfile(source, progress);
    return { profile, format: 'heapprofile', runtime: { name: 'v8', version: undefined }, whole: true };
  },
};

/**
 * JSON has no mark: it is an object with a head that has what stack nodes have. `hitCount` is that of a CPU profile, which had a head once.
 */
function recognises(head: Uint8Array): boolean {
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join('');
  if (!/^(?:\xef\xbb\xbf)?\s*\{\s*"/.test(text) || text.includes('"hitCount"')) return false;
  return (
    /"head"\s*:\s*\{\s*"(?:callFrame|children|id|selfSize)"\s*:/.test(text) || /^\S*\s*\{\s*"samples"\s*:\s*\[\s*\{[^}]*"nodeId"/.test(text)
  );
}
