import { AnyMap, originalPositionFor } from '@jridgewell/trace-mapping';
import { encode } from '@jridgewell/sourcemap-codec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMap } from './read-map.ts';
import { ScriptMap } from './script-map.ts';

const read = (text: string) => readMap(new TextEncoder().encode(text));

describe('reading a map', () => {
  test('takes the root before each source, whatever the order of the fields', () => {
    const map = { mappings: 'AAAA', names: ['f'], sourcesContent: ['text'], sources: ['a.ts', null], sourceRoot: '/src/', version: 3 };
    expect(read(`)]}'\n${JSON.stringify(map)}`)).toEqual({
      sections: [{ line: 0, column: 0, sources: ['/src/a.ts', '/src/'], names: ['f'], mappings: 'AAAA' }],
    });
  });

  test('takes the maps of an index map with their places, in rising order', () => {
    const map = (source: string) => ({ version: 3, sources: [source], names: [], mappings: 'AAAA' });
    const index = {
      version: 3,
      sections: [
        { map: map('b.ts'), offset: { line: 10, column: 4 } },
        { offset: { line: 0, column: 0 }, map: map('a.ts') },
      ],
    };
    const found = read(JSON.stringify(index));
    expect('sections' in found && found.sections.map(({ line, column, sources }) => [line, column, ...sources])).toEqual([
      [0, 0, 'a.ts'],
      [10, 4, 'b.ts'],
    ]);
  });

  test.each([
    ['no JSON', '<!doctype html>', 'it is not valid JSON'],
    ['cut off', '{"version":3,"sources":["a', 'it is not valid JSON'],
    ['a list', '[]', 'the map is no object'],
    ['no mappings', '{"version":3,"sources":[]}', 'it has no mappings'],
    ['mappings that are decoded already', '{"mappings":[[[0,0,0,0]]]}', '"mappings" is no text'],
    ['sources that are numbers', '{"sources":[1],"mappings":""}', '"sources" is no list of texts'],
    ['a section that is a text', '{"sections":["a"]}', 'a section of it is no object'],
    ['sections in sections', '{"sections":[{"map":{"sections":[]}}]}', 'a section of it has sections of its own'],
    ['a section before the start', '{"sections":[{"offset":{"line":-1,"column":0}}]}', 'a section of it begins at line -1'],
    ['a section at no place', '{"sections":[{"offset":{"line":1e99,"column":0}}]}', 'a section of it begins at line 1e+99'],
    ['brackets without end', '['.repeat(100_000), 'the map is no object'],
  ])('says what is wrong: %s', (_name, text, broken) => {
    expect(read(text)).toEqual({ broken });
  });
});

const MAX = 30;
const segment = fc.oneof(fc.tuple(fc.nat(MAX)), fc.tuple(fc.nat(MAX), fc.nat(2), fc.nat(MAX), fc.nat(MAX)));
const mappings = fc
  .array(fc.array(segment, { maxLength: 5 }), { maxLength: 5 })
  .map((lines) => encode(lines.map((line) => (line as [number][]).sort((a, b) => a[0] - b[0]))));
const plain = fc.record({ version: fc.constant(3), sources: fc.constant(['a.ts', 'b.ts', 'c.ts']), names: fc.constant([]), mappings });
const index = fc
  .uniqueArray(fc.record({ offset: fc.record({ line: fc.nat(8), column: fc.nat(20) }), map: plain }), {
    selector: ({ offset }) => `${offset.line}:${offset.column}`,
    minLength: 1,
    maxLength: 4,
  })
  .map((sections) => ({
    version: 3,
    sections: sections.sort((a, b) => a.offset.line - b.offset.line || a.offset.column - b.offset.column),
  }));

test('places are those that the library finds when it joins the sections into one map', () => {
  fc.assert(
    fc.property(fc.oneof(plain, index), fc.nat(12), fc.nat(40), (map, line, column) => {
      const found = read(JSON.stringify(map));
      if ('broken' in found) throw new Error(found.broken);
      const place = new ScriptMap(found.sections).find(line + 1, column + 1, '?');
      const joined = new AnyMap(map as ConstructorParameters<typeof AnyMap>[0]);
      const expected = originalPositionFor(joined, { line: line + 1, column });
      // Joined, a section that has nothing to say about a place hands on to the one before; the specification lets no section do so.
      if (place === undefined) return expected.source === null || isAnotherSection(found.sections, line, column);
      expect([place.source, place.line, place.column - 1]).toEqual([expected.source, expected.line, expected.column]);
      return true;
    }),
    { seed: 20261121, numRuns: 2000 },
  );
});

function isAnotherSection(sections: readonly { readonly line: number; readonly column: number }[], line: number, column: number): boolean {
  return sections.some((section) => section.line === line && section.column > 0 && section.column <= column);
}

test('mappings of any bytes find a place or none, and nothing else', () => {
  const map = (text: string) => new ScriptMap([{ line: 0, column: 0, sources: ['a'], names: ['n'], mappings: text }]);
  const characters = fc.constantFrom(...'AACDEIg/+;,,;9! é\u0000'.split(''));
  fc.assert(
    fc.property(
      fc.array(characters, { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.option(fc.integer({ min: 1, max: 50 })),
      (text, line, column) => {
        const place = map(text.join('')).find(line, column ?? undefined, 'f');
        if (place !== undefined) expect([place.source, place.line > 0, place.column > 0]).toEqual(['a', true, true]);
      },
    ),
    { seed: 20261121, numRuns: 5000 },
  );
});
