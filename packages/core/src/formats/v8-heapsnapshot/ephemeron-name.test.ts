import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EphemeronName } from './ephemeron-name.ts';

/** DevTools' own (HeapSnapshot.ts, tryParseWeakMapEdgeName), with the ids of key and value beside that of the table. */
const DEVTOOLS = /^\d+ \/ part of key \(.*? @(\d+)\) -> value \(.*? @(\d+)\) pair in WeakMap \(table @(\d+)\)$/;

const classNames = fc.oneof(
  fc.constantFrom('Object', 'Foo @7) -> value (Bar', ') -> value (', '@', ' @', '(', 'a\nb', 'a\\nb', '"', 'é'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const someNumber = fc.nat(2 ** 31).map(String);
const numbers = fc.oneof({ weight: 9, arbitrary: someNumber }, { weight: 1, arbitrary: fc.constantFrom('', 'x', '-1', '007') });
const names = fc
  .tuple(numbers, classNames, numbers, classNames, numbers, numbers, fc.constantFrom('', '', '', ')', ' '))
  .map(
    ([number, key, keyId, value, valueId, tableId, tail]) =>
      `${number} / part of key (${key} @${keyId}) -> value (${value} @${valueId}) pair in WeakMap (table @${tableId})${tail}`,
  );

it('tells entries of WeakMaps by their bytes as DevTools does by its pattern', () => {
  const name = new EphemeronName();
  let matches = 0;
  fc.assert(
    fc.property(fc.oneof(names, fc.string()), (text) => {
      const bytes = new TextEncoder().encode(JSON.stringify(text).slice(1, -1));
      const match = DEVTOOLS.exec(text);
      expect(name.read(bytes, 0, bytes.length)).toBe(match !== null);
      if (match === null) return;
      matches++;
      expect([name.valueId, name.tableId]).toEqual([Number(match[2]), Number(match[3])]);
    }),
    { numRuns: 2000, seed: 4 },
  );
  expect(matches).toBeGreaterThan(300);
});

it('reads the ids of key, value and table', () => {
  const name = new EphemeronName();
  const bytes = new TextEncoder().encode('13 / part of key (Key @7) -> value (Value @901) pair in WeakMap (table @11)');
  expect(name.read(bytes, 0, bytes.length)).toBe(true);
  expect([name.keyId, name.valueId, name.tableId]).toEqual([7, 901, 11]);
});
