/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface RandomSource {
  /** In [0, 1). */
  uniform(): number;
  between(low: number, high: number): number;
  /** Normal, with mean 0 and deviation 1. */
  normal(): number;
}

export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
