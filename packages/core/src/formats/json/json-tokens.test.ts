import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesInMemory } from '../byte-source.ts';
import { HeapFileError } from '../heap-file-error.ts';
import { JsonTokens } from './json-tokens.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** The value that the tokens make; without recursion, so that depth is that of the reader. */
function valueOf(bytes: Uint8Array, pieceBytes?: number): unknown {
  const tokens = new JsonTokens(bytesInMemory(bytes), pieceBytes);
  const open: { readonly value: unknown[] | Record<string, unknown>; key: string }[] = [];
  let result: unknown;
  const put = (value: unknown) => {
    const into = open.at(-1);
    if (into === undefined) result = value;
    else if (Array.isArray(into.value)) into.value.push(value);
    else Object.defineProperty(into.value, into.key, { value, enumerable: true, configurable: true, writable: true });
  };
  for (let token = tokens.next(); token !== 'done'; token = tokens.next()) {
    if (token === 'end') open.pop();
    else if (token === 'key') open.at(-1)!.key = tokens.text();
    else if (token === 'object' || token === 'list') {
      const value = token === 'object' ? {} : [];
      put(value);
      open.push({ value, key: '' });
    } else if (token === 'text') put(tokens.text());
    else if (token === 'number') put(tokens.number());
    else put(token === 'null' ? null : token === 'true');
    expect(tokens.depth).toBe(open.length);
  }
  return result;
}

/** What `JSON.parse` makes of it, or undefined where it throws. */
function oracle(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

describe('tokens of JSON', () => {
  test('make the same value as JSON.parse, in pieces of any length', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(1, 2, 7, 65_536), fc.nat(2), (text, pieceBytes, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(valueOf(encode(spaced), pieceBytes)).toEqual(JSON.parse(spaced));
      }),
      { seed: 20261121, numRuns: 400 },
    );
  });

  test('are refused exactly where JSON.parse refuses', () => {
    const characters = fc.constantFrom(...'{}[]:,"\\ntrue-+.eE01u9 \n\u0001é'.split(''));
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const expected = oracle(text);
        if (expected === undefined) expect(() => valueOf(encode(text), 3)).toThrow(HeapFileError);
        else expect(valueOf(encode(text), 3)).toEqual(expected.value);
      }),
      { seed: 20261121, numRuns: 20_000 },
    );
  });

  test('changed and cut texts are refused or read, and nothing else', () => {
    const text = JSON.stringify({ head: { a: [1, -2.5e3, 'é\n\u2028', null, true], 'b"': {} }, samples: [[], [{}]] });
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 126 }), fc.boolean(), (at, code, cut) => {
        const changed = cut ? text.slice(0, at) : text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        const expected = oracle(changed);
        if (expected === undefined) expect(() => valueOf(encode(changed))).toThrow(HeapFileError);
        else expect(valueOf(encode(changed))).toEqual(expected.value);
      }),
      { seed: 20261121, numRuns: 3000 },
    );
  });

  test.each([
    ['{"a":1,}', "Expected a key, found '}' at byte 7: the file is not valid JSON."],
    ['{"a" 1}', "Expected ':' after a key, found '1' at byte 5: the file is not valid JSON."],
    ['[1 2]', "Expected ',' or ']', found '2' at byte 3: the file is not valid JSON."],
    ['[01]', "Expected a number, found '01' at byte 1: the file is not valid JSON."],
    ['{} x', "Expected the end of the file, found 'x' at byte 3: the file is not valid JSON."],
    ['[nul]', 'Expected "null", found \']\' at byte 4: the file is not valid JSON.'],
    ['{"a":"b', 'The file ends after 7 bytes, where the closing quote of a text was expected: it was cut off.'],
    ['[[1', "The file ends after 3 bytes, where ',' or ']' was expected: it was cut off."],
    ['', 'The file ends after 0 bytes, where a value was expected: it was cut off.'],
  ])('%s: what was expected, what was found, and where', (text, message) => {
    expect(() => valueOf(encode(text))).toThrow(message);
  });

  test('a byte order mark is no part of the text', () => {
    expect(valueOf(encode('\ufeff{"a":"\ufeffb"}'))).toEqual({ a: '\ufeffb' });
  });

  test('values are gone past whatever is in them', () => {
    const tokens = new JsonTokens(bytesInMemory(encode('{"a":[{"b":[1]},"]"],"c":2,"d":"x"}')));
    const seen: string[] = [];
    tokens.next();
    for (let token = tokens.next(); token === 'key'; token = tokens.next()) {
      seen.push(tokens.text());
      tokens.skip(token);
    }
    expect([seen, tokens.next()]).toEqual([['a', 'c', 'd'], 'done']);
  });

  test('ten million open brackets take a byte each', () => {
    const bytes = new Uint8Array(10_000_000).fill(0x5b);
    const tokens = new JsonTokens(bytesInMemory(bytes));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => {
      for (;;) tokens.next();
    }).toThrow('was cut off');
    expect(tokens.depth).toBe(bytes.length);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });
});
