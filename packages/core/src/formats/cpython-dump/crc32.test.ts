import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';

/** By its definition, bit by bit. */
function bitByBit(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

test('is what every other implementation has for "123456789"', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('is the same for bytes at any place of a buffer, of any number', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(7), (bytes, before) => {
      const buffer = new Uint8Array(before + bytes.length + 3);
      buffer.set(bytes, before);
      expect(crc32(buffer.subarray(before, before + bytes.length))).toBe(bitByBit(bytes));
    }),
    { seed: 20261121, numRuns: 500 },
  );
});
