import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AddressIndex, NO_NODE } from './address-index.ts';
import { ObjectAddresses } from './object-addresses.ts';

const SEED = 20261121;

function words(addresses: readonly number[]): Uint32Array {
  return Uint32Array.from(addresses.flatMap((address) => [address % 2 ** 32, Math.floor(address / 2 ** 32)]));
}

function indexOf(addresses: readonly number[]): AddressIndex {
  const all = new ObjectAddresses();
  all.append(words(addresses), false);
  return new AddressIndex(all);
}

/** What is wrong with an index, compared with a sorted list. */
function checkAgainstList(addresses: readonly number[], others: readonly number[]): void {
  const index = indexOf(addresses);
  const sorted = [...new Set(addresses)].sort((a, b) => a - b);
  expect(index.nodeCount).toBe(sorted.length);
  expect(index.duplicates).toBe(addresses.length - sorted.length);
  const asked = [...addresses, ...others];
  const nodes = new Uint32Array(asked.length + 1);
  const missing = index.nodesAt(words([0, ...asked]), 2, asked.length, nodes, 1);
  const expected = asked.map((address) => (sorted.includes(address) ? sorted.indexOf(address) : NO_NODE));
  expect([...nodes.subarray(1)]).toEqual(expected);
  expect(missing).toBe(expected.filter((node) => node === NO_NODE).length);
  for (const address of asked) expect(index.nodeAt(address)).toBe(sorted.includes(address) ? sorted.indexOf(address) : undefined);
  const written = new Float64Array(sorted.length);
  index.writeAddresses(
    Uint32Array.from(sorted, (_, node) => sorted.length - 1 - node),
    written,
  );
  expect([...written].reverse()).toEqual(sorted);
}

/** Neighbours, pages, far regions, and every alignment. */
const address = fc.oneof(
  fc.nat(4096),
  fc.nat(2 ** 20).map((at) => 0x7f0000000000 + at * 8),
  fc.nat(2 ** 20).map((at) => 0x55550000fff0 + at * 16),
  fc.maxSafeNat(),
);

test('finds every object by its address, numbered by rank, whatever the addresses', () => {
  fc.assert(fc.property(fc.array(address, { maxLength: 60 }), fc.array(address, { maxLength: 20 }), checkAgainstList), {
    seed: SEED,
    numRuns: 400,
  });
});

test.each([1, 2, 4, 8, 16, 48])('finds what is %i bytes apart', (step) => {
  const addresses = Array.from({ length: 300 }, (_, i) => 0x7f1234560000 + i * step);
  checkAgainstList(addresses, [
    0,
    0x7f1234560000 - 1,
    0x7f1234560000 + 300 * step,
    2 ** 53 - 1,
    ...addresses.map((each) => each + 2 ** 40),
  ]);
});

test('many pages that fall into one bucket of the table cost no more than a search by halves', () => {
  // Pages (of 8192 bytes, as everything is 16 bytes apart) whose hash begins with 16 zeros, picked out by brute force.
  const hash = (low: number, high: number): number => Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 16;
  const colliding: number[] = [];
  for (let page = 1; colliding.length < 500; page++) if (hash(page, 0) === 0) colliding.push(page * 8192);
  checkAgainstList(
    colliding,
    colliding.map((each) => each + 16),
  );
});

test('takes in more addresses than a chunk has', () => {
  const all = new ObjectAddresses();
  const piece = words(Array.from({ length: 50_000 }, (_, i) => i * 16));
  for (let i = 0; i < 5; i++) {
    const moved = piece.slice();
    for (let w = 1; w < moved.length; w += 2) moved[w] = i;
    all.append(moved, i === 3);
  }
  const index = new AddressIndex(all);
  expect([index.nodeCount, index.duplicates]).toEqual([250_000, 0]);
  expect([0, 16, 2 ** 32, 4 * 2 ** 32 + 49_999 * 16].map((at) => index.nodeAt(at))).toEqual([0, 1, 50_000, 249_999]);
});
