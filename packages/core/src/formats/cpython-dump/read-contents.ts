import type { ByteSource } from '../byte-source.ts';
import type { Progress } from '../../graph/progress.ts';
import type { AddressIndex } from './address-index.ts';
import { BlockKind, BlockReader, type Damage, type Inflate } from './block-reader.ts';
import { DumpContents } from './dump-contents.ts';
import { damageOf, type DumpSurvey } from './dump-survey.ts';

const { text, atoms, edges, pairs, labels, values, weak, sited, suspended } = BlockKind;
const KINDS: ReadonlySet<number> = new Set([text, atoms, edges, pairs, labels, values, weak, sited, suspended]);

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
  const { damage, kept } = survey;
  const blocks = new BlockReader({ source, inflate, kinds: KINDS, isChecked: true, kept, damage, step: 'references', progress });
  for (let block = blocks.next(); block !== undefined; block = blocks.next()) {
    try {
      contents.take(block);
    } catch (error) {
      return damageOf(error, block);
    }
  }
  if (blocks.damage !== undefined && blocks.damage.offset !== damage?.offset) return blocks.damage;
  contents.finish();
  return contents;
}
