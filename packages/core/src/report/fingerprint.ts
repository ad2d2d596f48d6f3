const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Eight hex digits that name a leak, from suspect steps and names only: the caller leaves out addresses, keys, positions,
 * counts, pids and line numbers, which differ from run to run. Not a secret and not collision-proof: 32 bits, enough for the
 * leaks of one program.
 */
export function fingerprint(parts: readonly string[]): string {
  let hash = FNV_OFFSET;
  for (const part of parts) {
    // The length goes in front, so that ["ab", "c"] and ["a", "bc"] differ.
    hash = mixNumber(hash, part.length);
    for (let at = 0; at < part.length; at++) hash = mix16(hash, part.charCodeAt(at));
  }
  return avalanche(hash).toString(16).padStart(8, '0');
}

function mixNumber(hash: number, value: number): number {
  return mix16(mix16(hash, value & 0xffff), value >>> 16);
}

function mix16(hash: number, value: number): number {
  const low = Math.imul(hash ^ (value & 0xff), FNV_PRIME);
  return Math.imul(low ^ (value >>> 8), FNV_PRIME);
}

/** FNV-1a alone leaves similar names with similar high digits; this spreads every bit over all of them (murmur3's finish). */
function avalanche(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
