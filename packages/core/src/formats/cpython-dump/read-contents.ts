import type { ByteSource } from '../byte-source.ts';
import type { Progress } from '../../graph/progress.ts';
import type { AddressIndex } from './address-index.ts';
import { BlockKind, readBlocks, type Damage, type Inflate } from './block-reader.ts';
import { DumpContents } from './dump-contents.ts';
import { damageOf, type DumpSurvey } from './dump-survey.ts';

const { text, atoms, edges, pairs, labels, values, weak, sited } = BlockKind;
const KINDS: ReadonlySet<number> = new Set([text, atoms, edges, pairs, labels, values, weak, sited]);

/**
 * The second of two passes over a dump: each address is turned into its node as it is read. Returns damage that the survey
 * could not see, in a block that it did not look into; whoever asked then begins again without what comes after it.
 */
export function readContents(
  source: ByteSource,
  inflate: Inflate,
  survey: DumpSurvey,
  index: AddressIndex,
  progress: Progress,
): DumpContents | Damage {
  const contents = new DumpContents(survey, index);
  const { kept, damage } = survey;
  const blocks = readBlocks({ source, inflate, kinds: KINDS, isChecked: true, kept, damage, step: 'references', progress });
  for (;;) {
    const next = blocks.next();
    if (next.done === true) {
      if (next.value !== undefined && next.value.offset !== damage?.offset) return next.value;
      break;
    }
    try {
      contents.take(next.value);
    } catch (error) {
      return damageOf(error, next.value);
    }
  }
  contents.finish();
  return contents;
}
