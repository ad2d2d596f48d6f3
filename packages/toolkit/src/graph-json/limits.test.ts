import { describe, expect, it } from 'vitest';
import { GraphLimitError, GraphOptionsError } from './errors.ts';
import { graphJson } from './graph-json.ts';
import { differenceOf } from './testing/same-graph.ts';

const json = graphJson();

describe('limits', () => {
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], []);

  it('of depth are the same for both sides', () => {
    const text = graphJson({ limits: { maxDepth: 500 } }).stringify(nested(499));
    expect(() => graphJson({ limits: { maxDepth: 499 } }).stringify(nested(499))).toThrow(GraphLimitError);
    expect(() => graphJson({ limits: { maxDepth: 499 } }).parse(text)).toThrow(GraphLimitError);
    expect(differenceOf(graphJson({ limits: { maxDepth: 500 } }).parse(text), nested(499))).toBe(undefined);
  });

  it('of nodes are the same for both sides, and count what sparse arrays pretend to have', () => {
    const value = { a: [1, 2, 3], m: new Map([[1, 2]]), s: new Set([1]), u: new Uint8Array(9), e: new Error('e') };
    const exact = graphJson({ limits: { maxNodes: 14 } });
    const less = graphJson({ limits: { maxNodes: 13 } });
    const text = exact.stringify(value);
    exact.parse(text);
    expect(() => less.stringify(value)).toThrow(GraphLimitError);
    expect(() => less.parse(text)).toThrow(GraphLimitError);
    const far: number[] = [];
    far[1e9] = 1;
    expect(() => json.stringify(far)).toThrow(GraphLimitError);
  });

  it('of the text hold also where one string is repeated', () => {
    const small = graphJson({ limits: { maxTextLength: 100_000 } });
    const long = 'x'.repeat(1000);
    expect(() => small.stringify(Array.from({ length: 1000 }, () => long))).toThrow(GraphLimitError);
    expect(() => small.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [i, long])))).toThrow(GraphLimitError);
    expect(() => small.stringify(new Uint8Array(90_000))).toThrow(GraphLimitError);
    expect(() => small.stringify('"'.repeat(60_000))).toThrow(GraphLimitError);
    expect(() => small.parse(json.stringify('x'.repeat(100_000)))).toThrow(GraphLimitError);
    expect(() => json.stringify(10n ** 100_001n)).toThrow(GraphLimitError);
  });

  it('that are none are refused with a code, and undefined means the default', () => {
    const wrong = [{ maxDepth: 0 }, { maxNodes: NaN }, { maxTextLength: 2 ** 29 }, { maxDepth: '5' as unknown as number }];
    for (const limits of wrong) expect(() => graphJson({ limits })).toThrow(GraphOptionsError);
    const given = graphJson({ limits: { maxDepth: undefined as unknown as number } });
    expect(given.parse(given.stringify([[1]]))).toEqual([[1]]);
  });
});
