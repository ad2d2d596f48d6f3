import { frameAt, FrameTable, type AllocationProfile } from '../../graph/profile/index.ts';
import type { SourceMaps } from './source-maps.ts';

/**
 * A profile with the lines that were written instead of those that ran. Each frame is looked up once, script by script, so that
 * each map is decoded once. What maps cannot tell is said in `gaps`.
 */
export function withOriginalFrames(profile: AllocationProfile, maps: SourceMaps): AllocationProfile {
  const { frames, stacks } = profile;
  const table = new FrameTable(profile.names);
  const byFile = new Uint32Array(frames.count).map((_, frame) => frame).sort((a, b) => frames.file[a] - frames.file[b] || a - b);
  const mapped = new Uint32Array(frames.count);
  for (const frame of byFile) mapped[frame] = table.add(maps.original(frameAt(profile, frame)));
  return {
    ...profile,
    frames: table.finish(),
    stacks: { ...stacks, frame: stacks.frame.map((frame, stack) => (stack === 0 ? 0 : mapped[frame])) },
    gaps: [...profile.gaps, ...maps.notes()],
  };
}
