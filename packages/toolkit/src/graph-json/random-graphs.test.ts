import * as devalue from 'devalue';
import fc from 'fast-check';
import * as flatted from 'flatted';
import { describe, expect, it } from 'vitest';
import { graphJson } from './graph-json.ts';
import { graphType } from './graph-type.ts';
import { Branch, NODE_KINDS, randomGraphs } from './testing/random-graph.ts';
import { differenceOf } from './testing/same-graph.ts';

const json = graphJson({ types: [graphType({ name: 'Branch', class: Branch })] });
const RUNS = { numRuns: 300, seed: 6 };

describe('random graphs', () => {
  it('come back with the same shape, content and identity', () => {
    fc.assert(
      fc.property(randomGraphs(NODE_KINDS), (graph) => {
        expect(differenceOf(graph, json.parse(json.stringify(graph)))).toBe(undefined);
      }),
      RUNS,
    );
  });

  it('have one text, which their copies have too', () => {
    fc.assert(
      fc.property(randomGraphs(NODE_KINDS), (graph) => {
        const text = json.stringify(graph);
        expect(json.stringify(graph)).toBe(text);
        expect(json.stringify(json.parse(text))).toBe(text);
      }),
      RUNS,
    );
  });

  it('come back as devalue brings them back', () => {
    const kinds = NODE_KINDS.filter((kind) => kind !== 'branch' && kind !== 'error');
    fc.assert(
      fc.property(randomGraphs(kinds), (graph) => {
        expect(differenceOf(devalue.parse(devalue.stringify(graph)), json.parse(json.stringify(graph)))).toBe(undefined);
      }),
      RUNS,
    );
  });

  it('come back as flatted brings them back', () => {
    fc.assert(
      fc.property(randomGraphs(['object', 'array'], { json: true }), (graph) => {
        const theirs: unknown = flatted.parse(flatted.stringify(graph));
        expect(differenceOf(theirs, json.parse(json.stringify(graph)))).toBe(undefined);
      }),
      RUNS,
    );
  });

  it('name every shared value by a JSON Pointer into the text', () => {
    fc.assert(
      fc.property(randomGraphs(NODE_KINDS), (graph) => {
        const text = json.stringify(graph);
        const document = JSON.parse(text) as object;
        for (const [, quoted] of text.matchAll(/\{"\$ref":("(?:[^"\\]|\\.)*")\}/g))
          expect(typeof followed(document, JSON.parse(quoted) as string)).toBe('object');
      }),
      RUNS,
    );
  });
});

/** RFC 6901, word for word. */
function followed(document: object, pointer: string): unknown {
  let at: unknown = document;
  for (const step of pointer.split('/').slice(1)) at = (at as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  return at;
}
