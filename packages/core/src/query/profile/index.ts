export { profileFormats } from '../../formats/index.ts';
export type { LoadedProfile, ProfileFormat, ProfileLoadOptions } from '../../formats/profile-format.ts';
export { profileAnswer, profileSummary } from './profile-answer.ts';
