import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

describe('fingerprint', () => {
  test('stays what it was: stored fingerprints must be found again by later versions', () => {
    expect([
      fingerprint([]),
      fingerprint(['']),
      fingerprint(['class finalize', '._registry', 'weakref.finalize']),
      fingerprint(['größe', '日']),
    ]).toMatchInlineSnapshot(`
        [
          "ab3e7c0b",
          "4997eb7b",
          "bf19e6a0",
          "16224e3a",
        ]
      `);
  });

  test('is eight hex digits, and the same for the same names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
        expect(fingerprint(parts)).toMatch(/^[0-9a-f]{8}$/);
        expect(fingerprint([...parts])).toBe(fingerprint(parts));
      }),
    );
  });

  test('moving a letter from one name to the next is another leak', () => {
    expect(fingerprint(['ab', 'c'])).not.toBe(fingerprint(['a', 'bc']));
    expect(fingerprint(['a', ''])).not.toBe(fingerprint(['a']));
  });

  test('twenty thousand similar names share no more fingerprints than chance gives', () => {
    const seen = new Set<string>();
    for (let k = 0; k < 20_000; k++) seen.add(fingerprint(['module app', `._cache_${k}`, 'dict']));
    expect(20_000 - seen.size).toBeLessThanOrEqual(2);
  });
});
