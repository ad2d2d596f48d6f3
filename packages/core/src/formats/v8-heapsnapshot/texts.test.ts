import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesInMemory } from '../byte-source.ts';
import { ByteWindow } from './byte-window.ts';
import { FilePages } from './file-pages.ts';
import { SnapshotTexts } from './snapshot-texts.ts';
import { StringTable } from './string-table.ts';

function textsOf(list: string, pieceBytes = 100): SnapshotTexts {
  const source = bytesInMemory(new TextEncoder().encode(list));
  const window = new ByteWindow(source, pieceBytes);
  window.seek(1);
  return new SnapshotTexts(StringTable.read(window), new FilePages(source));
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('"', '\\', 'a', '\n', '\u0000', 'é', '😀', '\ud800', ']', ','), maxLength: 200 }),
);

/** As V8 writes: nothing but ASCII. */
function escaped(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

it('reads every string as JSON.parse does, escaped or not, in pieces of any size', () => {
  fc.assert(
    fc.property(fc.array(text), fc.boolean(), fc.constantFrom(1, 100, 1 << 16), (strings, isAscii, pieceBytes) => {
      const json = JSON.stringify(strings, undefined, isAscii ? 1 : 0);
      const texts = textsOf(isAscii ? escaped(json) : json, pieceBytes);
      expect(texts.count).toBe(strings.length);
      expect(strings.map((_, i) => texts.text(i))).toEqual(strings);
    }),
    { numRuns: 200, seed: 4 },
  );
});

it('reads the beginning of a string without the rest of it', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), fc.boolean(), (string, most, isAscii) => {
      const json = JSON.stringify([string]);
      const beginning = textsOf(isAscii ? escaped(json) : json).beginning(0, most);
      if (string.length <= most) expect(beginning).toBe(string);
      else {
        expect(beginning.endsWith('…')).toBe(true);
        expect(string.startsWith(beginning.slice(0, -1))).toBe(true);
        // One less where the last character would be half of a pair.
        expect(most - beginning.length + 1).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 500, seed: 4 },
  );
});

it('shows a text as it stands whose escapes mean nothing', () => {
  expect(textsOf('["a\\qb","c"]').text(0)).toBe('a\\qb');
});
