import { GrowingFloat64 } from '../../graph/growing-column.ts';
import type { JsonTokens } from '../json/json-tokens.ts';
import { expect, FieldSet, kindError, readBytes, readId } from './profile-fields.ts';

const FIELDS = new FieldSet('a sample', ['size', 'nodeId'], ['ordinal']);

/** Parallel columns, one entry a sample. */
export interface Samples {
  readonly nodeId: Float64Array;
  /** What the sample stands for, by V8's estimate. */
  readonly bytes: Float64Array;
}

/** `[{ size, nodeId, ordinal }]`; the key has been read. */
export function readSamples(tokens: JsonTokens, reading: () => void): Samples {
  const nodeId = new GrowingFloat64();
  const bytes = new GrowingFloat64();
  expect(tokens, 'samples', 'list');
  for (let token = tokens.next(); token !== 'end'; token = tokens.next()) {
    if (token !== 'object') throw kindError('samples', 'a list of objects', token, tokens.at);
    let seen = 0;
    while (tokens.next() === 'key') {
      const field = tokens.text();
      seen = FIELDS.add(seen, field, tokens.at);
      if (field === 'nodeId') nodeId.push(readId(tokens, field));
      else if (field === 'size') bytes.push(readBytes(tokens, field));
      else tokens.skip('key');
    }
    FIELDS.close(seen, tokens.at);
    reading();
  }
  return { nodeId: nodeId.finish(), bytes: bytes.finish() };
}
