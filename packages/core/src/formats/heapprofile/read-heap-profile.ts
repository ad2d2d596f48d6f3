import { ProfileBuilder, type AllocationProfile } from '../../graph/profile/index.ts';
import type { Progress } from '../../graph/progress.ts';
import type { ByteSource } from '../byte-source.ts';
import { isJavaScriptLibraryFrame } from '../javascript/library-frame.ts';
import { JsonTokens } from '../json/json-tokens.ts';
import { expect, FieldSet } from './profile-fields.ts';
import { readSamples, type Samples } from './read-samples.ts';
import { readTree } from './read-tree.ts';
import { varianceOfSample } from './variance-of-sample.ts';
import { StackIds } from './stack-ids.ts';

const FIELDS = new FieldSet('the file', ['head'], ['samples']);
const PROGRESS_EVERY_BYTES = 2 ** 20;
/** V8 samples its own writing of the profile too, on stacks that it has written already: less than this is no news. */
const SHARE_WORTH_SAYING = 0.01;

/**
 * A sampling heap profile of V8 into columns: in one pass over the bytes, whatever the order of the fields, and in memory of about the file's
 * own size at most. Sizes are those of the tree, as DevTools shows them; samples only say on how many of them each rests.
 */
export function readHeapProfile(source: ByteSource, progress: Progress, pieceBytes?: number): AllocationProfile {
  const tokens = new JsonTokens(source, pieceBytes);
  const builder = new ProfileBuilder();
  let told = 0;
  const reading = () => {
    if (tokens.at - told < PROGRESS_EVERY_BYTES) return;
    told = tokens.at;
    progress({ step: 'reading', done: told, total: source.sizeBytes });
  };
  expect(tokens, 'profile', 'object');
  let ids: Float64Array = new Float64Array();
  let samples: Samples | undefined;
  let seen = 0;
  while (tokens.next() === 'key') {
    const field = tokens.text();
    seen = FIELDS.add(seen, field, tokens.at);
    if (field === 'head') ids = readTree(tokens, builder, reading);
    else if (field === 'samples') samples = readSamples(tokens, reading);
    else tokens.skip('key');
  }
  FIELDS.close(seen, tokens.at);
  tokens.next();
  const stackIds = new StackIds(ids, tokens.at);
  const gaps = samples === undefined ? [NO_SAMPLES] : countSamples(samples, stackIds, builder);
  const facts = { basis: 'sampled', scope: 'unknown', lines: 'function', isLibraryFrame: isJavaScriptLibraryFrame, gaps } as const;
  return builder.finish({ ...facts, counted: samples !== undefined, varied: samples !== undefined });
}

const NO_SAMPLES = 'the file has no list of samples, so on how many of them each figure rests is not known';

/** How many samples each stack has, and how uncertain its bytes are for that. */
function countSamples({ nodeId, bytes }: Samples, ids: StackIds, builder: ProfileBuilder): string[] {
  const intervalBytes = bytes.reduce((least, value) => (value > 0 && value < least ? value : least), Infinity);
  let lost = 0;
  let lostBytes = 0;
  let allBytes = 0;
  for (let sample = 0; sample < nodeId.length; sample++) {
    allBytes += bytes[sample];
    const stack = ids.stackOf(nodeId[sample]);
    if (stack >= 0) {
      builder.addCount(stack, 1);
      builder.addVariance(stack, varianceOfSample(bytes[sample], intervalBytes));
    } else {
      lost++;
      lostBytes += bytes[sample];
    }
  }
  if (lostBytes <= allBytes * SHARE_WORTH_SAYING) return [];
  return [`${lost} of ${nodeId.length} samples (${lostBytes} bytes) belong to stacks that are not in the file, and are not counted`];
}
