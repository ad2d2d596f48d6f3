import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { totalBytes, totalsByFunction } from '../../graph/profile/index.ts';
import { noProgress } from '../../graph/progress.ts';
import { bytesInMemory } from '../byte-source.ts';
import { HeapFileError } from '../heap-file-error.ts';
import { readHeapProfile } from './read-heap-profile.ts';

const golden = readFileSync(new URL('testing/golden/node-18.heapprofile', import.meta.url), 'utf8');
const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readHeapProfile(bytesInMemory(encode(text)), noProgress);

/** The code of the error that a file ends with; undefined when it loads. Any other error is one of ours. */
function codeOf(text: string): string | undefined {
  try {
    read(text);
    return undefined;
  } catch (error) {
    if (error instanceof HeapFileError) return error.code;
    throw error;
  }
}

const FRAME = '"callFrame":{"functionName":"f","scriptId":"1","url":"a.js","lineNumber":0,"columnNumber":0}';
const node = (fields: string) => `{"head":{${FRAME},"selfSize":0,"id":1,"children":[{${fields}}]}}`;
const frame = (fields: string) => node(`"callFrame":{${fields}},"selfSize":0,"children":[]`);

describe('one error for each cause, that says where and what to do', () => {
  test.each([
    ['HEAPTRAIL_JSON_SYNTAX', 'not JSON', 'head: {}'],
    ['HEAPTRAIL_JSON_SYNTAX', 'two values', `${golden}{}`],
    ['HEAPTRAIL_JSON_CUT_OFF', 'cut off', golden.slice(0, 2000)],
    ['HEAPTRAIL_PROFILE_FIELD_MISSING', 'no head', '{"samples":[]}'],
    ['HEAPTRAIL_PROFILE_FIELD_MISSING', 'no size', node(`${FRAME},"children":[]`)],
    ['HEAPTRAIL_PROFILE_FIELD_MISSING', 'no call frame', node('"selfSize":1,"children":[]')],
    ['HEAPTRAIL_PROFILE_FIELD_MISSING', 'no children', node(`${FRAME},"selfSize":1`)],
    ['HEAPTRAIL_PROFILE_FIELD_MISSING', 'no file', frame('"functionName":"f","lineNumber":0')],
    ['HEAPTRAIL_PROFILE_FIELD_MISSING', 'no node of a sample', `{"samples":[{"size":1}],"head":{${FRAME},"selfSize":0,"children":[]}}`],
    ['HEAPTRAIL_PROFILE_FIELD_TWICE', 'two sizes', node(`${FRAME},"selfSize":1,"selfSize":2,"children":[]`)],
    ['HEAPTRAIL_PROFILE_FIELD_TWICE', 'two heads', `{"head":{${FRAME},"selfSize":0,"children":[]},"head":{}}`],
    ['HEAPTRAIL_PROFILE_FIELD_TWICE', 'two lists of children', node(`${FRAME},"selfSize":1,"children":[],"children":[]`)],
    ['HEAPTRAIL_PROFILE_FIELD_KIND', 'a list', '[]'],
    ['HEAPTRAIL_PROFILE_FIELD_KIND', 'a size in words', node(`${FRAME},"selfSize":"1","children":[]`)],
    ['HEAPTRAIL_PROFILE_FIELD_KIND', 'children that are numbers', node(`${FRAME},"selfSize":1,"children":[7]`)],
    ['HEAPTRAIL_PROFILE_FIELD_KIND', 'children that are null', node(`${FRAME},"selfSize":1,"children":null`)],
    ['HEAPTRAIL_PROFILE_FIELD_KIND', 'a head that is a list', '{"head":[]}'],
    ['HEAPTRAIL_PROFILE_FIELD_KIND', 'samples that are numbers', `{"samples":[1]}`],
    ['HEAPTRAIL_PROFILE_NUMBER', 'a negative size', node(`${FRAME},"selfSize":-1,"children":[]`)],
    ['HEAPTRAIL_PROFILE_NUMBER', 'a size beyond 2^53', node(`${FRAME},"selfSize":1e300,"children":[]`)],
    ['HEAPTRAIL_PROFILE_NUMBER', 'an infinite size', node(`${FRAME},"selfSize":1e999,"children":[]`)],
    ['HEAPTRAIL_PROFILE_NUMBER', 'half an id', node(`${FRAME},"selfSize":1,"id":1.5,"children":[]`)],
    ['HEAPTRAIL_PROFILE_NUMBER', 'a line below -1', frame('"functionName":"f","url":"","lineNumber":-2')],
    ['HEAPTRAIL_PROFILE_NUMBER', 'a line beyond 2^31', frame('"functionName":"f","url":"","lineNumber":1e12')],
    ['HEAPTRAIL_PROFILE_ID_TWICE', 'one id for two', node(`${FRAME},"selfSize":1,"id":1,"children":[]`)],
    [
      'HEAPTRAIL_PROFILE_TOTAL',
      'sizes beyond all sums',
      `{"head":{${FRAME},"selfSize":9e15,"id":1,"children":[{${FRAME},"selfSize":9e15,"id":2,"children":[]}]}}`,
    ],
  ])('%s: %s', (code, _name, text) => {
    expect(codeOf(text)).toBe(code);
  });

  test('as people read them', () => {
    const message = (text: string) => {
      try {
        read(text);
      } catch (error) {
        return (error as Error).message;
      }
      return undefined;
    };
    expect([message(node(`${FRAME},"children":[]`)), message(node(`${FRAME},"selfSize":-1,"children":[]`)), message('{"head":')])
      .toMatchInlineSnapshot(`
      [
        "Expected "selfSize" in a stack node, found none (byte 241). A heap profile as "node --heap-prof" or DevTools (Memory, Allocation sampling) write it is needed; if this is one, copy it again from where it came.",
        "Expected a size from 0 to 2^53 bytes for "selfSize", found -1 (byte 239). A heap profile as "node --heap-prof" or DevTools (Memory, Allocation sampling) write it is needed; if this is one, copy it again from where it came.",
        "The file ends after 8 bytes, where a value was expected: it was cut off. Wait until its writer is done, or copy it again.",
      ]
    `);
  });
});

test('stacks of a million frames take a few bytes each', () => {
  const depth = 1_000_000;
  const opening = encode('{"callFrame":{"functionName":"f","url":"a","lineNumber":0},"selfSize":1,"children":[');
  const bytes = new Uint8Array(depth * (opening.length + 2) + 9);
  bytes.set(encode('{"head":'));
  for (let at = 0; at < depth; at++) bytes.set(opening, 8 + at * opening.length);
  for (let at = 8 + depth * opening.length; at < bytes.length - 1; at += 2) bytes.set([0x5d, 0x7d], at);
  bytes[bytes.length - 1] = 0x7d;
  const before = process.memoryUsage().arrayBuffers;
  const profile = readHeapProfile(bytesInMemory(bytes), noProgress);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(bytes.length * 1.5);
  expect([profile.stacks.count, totalBytes(profile), [...totalsByFunction(profile).allBytes]]).toEqual([depth, depth, [depth - 1]]);
});

test('cut anywhere, the file is refused and never read as less than it was', () => {
  for (let length = 1; length < golden.length; length += 7) expect(codeOf(golden.slice(0, length))).toBe('HEAPTRAIL_JSON_CUT_OFF');
});

test('changed bytes: refused by name, or read', () => {
  const change = fc.array(fc.tuple(fc.nat(golden.length - 1), fc.constantFrom(...'{}[]",:0-9e'.split(''))), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(change, (changes) => {
      const characters = golden.split('');
      for (const [at, character] of changes) characters[at] = character;
      expect(codeOf(characters.join('')) ?? 'HEAPTRAIL_').toMatch(/^HEAPTRAIL_/);
    }),
    { seed: 20261121, numRuns: 1000 },
  );
});
