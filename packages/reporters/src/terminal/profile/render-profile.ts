import type { ProfileAnswer, ProfileSummary } from '@heaptrail/core';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { paintAnsi, paintNothing } from '../ansi.ts';
import { words } from '../flow.ts';
import { Page } from '../page.ts';
import { profileHead, profileHeadline, profileNotes } from './profile-head.ts';
import { functionTable, lineTable, stackList } from './profile-lists.ts';

export interface ProfileLook {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  /** Folder of the reader: files in it are named from there on. */
  readonly baseDir?: string;
}

/** `heaptrail analyze FILE.heapprofile`: where memory was allocated. The answer first, then lines, functions and stacks, then how to read them. */
export function renderProfile(unsafeProfile: ProfileSummary, unsafeAnswer: ProfileAnswer, { color, width, baseDir }: ProfileLook): string {
  const profile = escapeControlsDeep(unsafeProfile);
  const answer = escapeControlsDeep(unsafeAnswer);
  const page = new Page(width, color ? paintAnsi : paintNothing);
  profileHead(profile, page);
  page.blank();
  page.paragraph(profileHeadline(profile, answer, baseDir));
  lineTable(profile, answer, page, baseDir);
  functionTable(profile, answer, page, baseDir);
  stackList(profile, answer, page, baseDir);
  page.blank();
  for (const note of profileNotes(profile)) page.paragraph(words(note, 'faint'));
  return page.toString();
}
