import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../errors/toolkit-error.ts';
import { graphJson } from './graph-json.ts';
import { graphType } from './graph-type.ts';
import { Branch, NODE_KINDS, randomGraphs } from './testing/random-graph.ts';

const json = graphJson({ types: [graphType({ name: 'Branch', class: Branch })] });

function graph(value: string, parts?: string): string {
  return `{"$graph":1,"value":${value}${parts === undefined ? '' : `,"parts":${parts}`}}`;
}

function refusal(text: string): string {
  try {
    json.parse(text);
  } catch (error) {
    if (error instanceof ToolkitError) return `${error.code}: ${error.message.replace(/(should be JSON): .*/, '$1: …')}`; // engines say it differently
    throw error;
  }
  return 'accepted';
}

describe('texts that are no graphs', () => {
  it('are refused, each with its cause', () => {
    expect(
      [
        '',
        '{',
        '1',
        '{"a":1}',
        '{"$graph":2,"value":1}',
        '{"$graph":1}',
        '{"$graph":1,"value":1,"more":2}',
        graph('1', '[]'),
        graph('1', '[{}]'),
      ].map(refusal),
    ).toMatchInlineSnapshot(`
      [
        "HEAPTRAIL_GRAPH_SYNTAX: The text of a graph should be JSON: …",
        "HEAPTRAIL_GRAPH_SYNTAX: The text of a graph should be JSON: …",
        "HEAPTRAIL_GRAPH_FORMAT: The text should be a graph, {"$graph":1,"value":…}, and is other JSON. Read it with JSON.parse.",
        "HEAPTRAIL_GRAPH_FORMAT: The text should be a graph, {"$graph":1,"value":…}, and is other JSON. Read it with JSON.parse.",
        "HEAPTRAIL_GRAPH_FORMAT: The graph should be of version 1, found 2. Read it with the release that wrote it, or a newer one.",
        "HEAPTRAIL_GRAPH_FORMAT: The graph has no value.",
        "HEAPTRAIL_GRAPH_FORMAT: The graph's envelope has $graph, value and parts; found "more".",
        "HEAPTRAIL_GRAPH_FORMAT: The parts of a graph should be an array with at least one, or not be there.",
        "HEAPTRAIL_GRAPH_FORMAT: No reference in the value or an earlier part points to /parts/0. The graph is damaged or forged.",
      ]
    `);
  });

  it('are refused where keys reach prototypes', () => {
    expect(
      ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', '{"$type":"null-prototype","value":{"prototype":1}}'].map((text) =>
        refusal(graph(text)),
      ),
    ).toMatchInlineSnapshot(`
      [
        "HEAPTRAIL_GRAPH_KEY: The property "__proto__" at /value is refused: code that copies or merges objects could reach a prototype through it. Set dangerousKeys to keep if both sides are yours.",
        "HEAPTRAIL_GRAPH_KEY: The property "constructor" at /value is refused: code that copies or merges objects could reach a prototype through it. Set dangerousKeys to keep if both sides are yours.",
        "HEAPTRAIL_GRAPH_KEY: The property "prototype" at /value/value is refused: code that copies or merges objects could reach a prototype through it. Set dangerousKeys to keep if both sides are yours.",
      ]
    `);
    expect(({} as { a?: number }).a).toBe(undefined);
  });

  it('are refused for references that point nowhere, between values, at primitives or at each other', () => {
    const forged = [
      '{"a":{"$ref":"/value/b"}}',
      '{"a":{"$ref":"value"}}',
      '{"a":{"$ref":""}}',
      '{"$ref":"/value"}',
      '{"a":{"$ref":"/value/b"},"b":{"$ref":"/value/a"}}',
      '{"a":1,"b":{"$ref":"/value/a"}}',
      '{"a":{"$ref":"/value/__proto__"}}',
      '[[],{"$ref":"/value/00"}]',
      '[[],{"$ref":"/value/length"}]',
      '{"m":{"$type":"Map","value":[[1,2]]},"a":{"$ref":"/value/m/value/0"}}',
      '{"m":{"$type":"Set","value":[1,2]},"a":{"$ref":"/value/m/value"}}',
      '{"a":{"$ref":"/parts"}}',
      '{"a":{"$ref":"/value","b":1}}',
      '{"a":{"$ref":1}}',
    ];
    expect(forged.map((text) => refusal(graph(text)).replace(/: The reference "(.*?)" points /, ' $1 '))).toMatchInlineSnapshot(`
      [
        "HEAPTRAIL_GRAPH_REF /value/b to nothing, or to a primitive. The graph is damaged or forged.",
        "HEAPTRAIL_GRAPH_REF value to nothing, or to a primitive. The graph is damaged or forged.",
        "HEAPTRAIL_GRAPH_REF  to a piece of the text that is no value of the graph: a payload, or another reference.",
        "HEAPTRAIL_GRAPH_REF /value to a piece of the text that is no value of the graph: a payload, or another reference.",
        "HEAPTRAIL_GRAPH_REF /value/b to a piece of the text that is no value of the graph: a payload, or another reference.",
        "HEAPTRAIL_GRAPH_REF /value/a to nothing, or to a primitive. The graph is damaged or forged.",
        "HEAPTRAIL_GRAPH_REF /value/__proto__ to nothing, or to a primitive. The graph is damaged or forged.",
        "HEAPTRAIL_GRAPH_REF /value/00 to nothing, or to a primitive. The graph is damaged or forged.",
        "HEAPTRAIL_GRAPH_REF /value/length to nothing, or to a primitive. The graph is damaged or forged.",
        "HEAPTRAIL_GRAPH_REF /value/m/value/0 to a piece of the text that is no value of the graph: a payload, or another reference.",
        "HEAPTRAIL_GRAPH_REF /value/m/value to a piece of the text that is no value of the graph: a payload, or another reference.",
        "HEAPTRAIL_GRAPH_REF /parts to nothing, or to a primitive. The graph is damaged or forged.",
        "HEAPTRAIL_GRAPH_FORMAT: A reference should be {"$ref":"/pointer"} and nothing else, at /value/a.",
        "HEAPTRAIL_GRAPH_FORMAT: A reference should be {"$ref":"/pointer"} and nothing else, at /value/a.",
      ]
    `);
  });

  it('are refused for payloads of the wrong shape', () => {
    const wrong = [
      '{"$type":1}',
      '{"$type":"Window"}',
      '{"$typo":1}',
      '{"a":1,"$type":"Date"}',
      '{"$type":"number","value":1}',
      '{"$type":"bigint","value":"1e9"}',
      '{"$type":"Date","value":"yesterday"}',
      '{"$type":"Date","value":"2020"}',
      '{"$type":"Map","value":[[1]]}',
      '{"$type":"Set","value":{"length":4000000000}}',
      '{"$type":"Array","length":4294967295,"value":[]}',
      '{"$type":"Array","length":2,"value":[[1,0],[1,0]]}',
      '{"$type":"ArrayBuffer","value":"A"}',
      '{"$type":"Uint16Array","buffer":{"$type":"ArrayBuffer","value":"AAAA"}}',
      '{"$type":"Uint8Array","offset":2,"length":9,"buffer":{"$type":"ArrayBuffer","value":"AAAA"}}',
      '{"$type":"Uint8Array","buffer":{"byteLength":1e9}}',
      '{"$type":"Error","value":[]}',
      '{"$type":"Branch","value":{"$type":"Date","value":null}}',
    ];
    expect(wrong.map((text) => refusal(graph(text)).replace('HEAPTRAIL_GRAPH_', ''))).toMatchInlineSnapshot(`
      [
        "FORMAT: $type should be a string, at /value.",
        "TYPE: No type is registered as "Window", which stands at /value. Give graphJson the types of the side that wrote it.",
        "FORMAT: The key "$typo" at /value means nothing here: $ref and $type come first in their objects, and data's own keys with $ are written with two.",
        "FORMAT: The key "$type" at /value means nothing here: $ref and $type come first in their objects, and data's own keys with $ are written with two.",
        "FORMAT: The value of the number at /value should be NaN, Infinity, -Infinity or -0 as text.",
        "FORMAT: The value of the bigint at /value should be an integer of at most 100000 characters as text.",
        "FORMAT: The value of the Date at /value should be a date as toISOString writes it, or null.",
        "FORMAT: The value of the Date at /value should be a date as toISOString writes it, or null.",
        "FORMAT: The value of the Map at /value should be an array of pairs.",
        "FORMAT: The value of the Set at /value should be an array.",
        "LIMIT: The graph has more values than maxNodes, 5000000; passed at /value. If that is meant, give a larger maxNodes on both sides.",
        "FORMAT: The value of the Array at /value should be pairs of index and element, indices ascending and below length.",
        "FORMAT: The value of the ArrayBuffer at /value should be base64 with padding.",
        "FORMAT: A Uint16Array does not fit its buffer.",
        "FORMAT: A Uint8Array does not fit its buffer.",
        "FORMAT: The buffer of a Uint8Array should be an ArrayBuffer or a reference to one.",
        "FORMAT: The value of the Error at /value should be a plain object.",
        "FORMAT: The value of the Branch at /value should be a plain object.",
      ]
    `);
  });

  it('are refused for a million brackets, before any of them is read, and for deep parts', () => {
    expect(refusal(graph('['.repeat(1e6) + ']'.repeat(1e6)))).toMatchInlineSnapshot(
      `"HEAPTRAIL_GRAPH_LIMIT: The text nests deeper than 1000 brackets at character 1019; no writer of this format does. It is damaged or hostile."`,
    );
    expect(refusal('['.repeat(1e6))).toMatch('HEAPTRAIL_GRAPH_LIMIT');
    expect(refusal('{"a":'.repeat(1e6))).toMatch('HEAPTRAIL_GRAPH_LIMIT');
    const parts = Array.from({ length: 200 }, (_, i) => '['.repeat(100) + (i < 199 ? `{"$ref":"/parts/${i + 1}"}` : '') + ']'.repeat(100));
    expect(refusal(graph('{"$ref":"/parts/0"}', `[${parts.join()}]`))).toMatch('deeper than maxDepth, 10000 containers');
  });
});

describe('mutated texts', () => {
  const mutations = fc.array(
    fc.record({
      at: fc.nat(10_000),
      cut: fc.nat(6),
      insert: fc.oneof(
        fc.constantFrom(
          '',
          '"',
          '{',
          '[',
          ']',
          '}',
          ',',
          ':',
          '-',
          '1',
          'null',
          '$',
          '/',
          '~',
          '\\',
          '"$ref":',
          '"$type":',
          '"__proto__":{}',
          '"/value"',
        ),
        fc.string({ maxLength: 3 }),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it('give a value or a ToolkitError, and leave prototypes alone', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    let values = 0;
    let errors = 0;
    fc.assert(
      fc.property(randomGraphs(NODE_KINDS), mutations, (value, changes) => {
        let text = json.stringify(value);
        for (const { at, cut, insert } of changes) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + insert + text.slice(place + cut);
        }
        if (refusal(text) === 'accepted') values++;
        else errors++;
      }),
      { numRuns: 2000, seed: 12 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
    expect(values).toBeGreaterThan(30);
    expect(errors).toBeGreaterThan(1000);
  });

  it('give a value or a ToolkitError when whole pieces of JSON are exchanged', () => {
    const pieces = [
      '{}',
      '[]',
      '[[1,2]]',
      '{"$ref":"/value"}',
      '{"$ref":"/value/0"}',
      '{"$type":"undefined"}',
      '{"$type":"Map","value":[]}',
      '0',
      '""',
    ];
    fc.assert(
      fc.property(randomGraphs(NODE_KINDS), fc.nat(100), fc.constantFrom(...pieces), (value, at, piece) => {
        const text = json.stringify(value);
        const starts = [...text.matchAll(/[:,[](?=[{["\d])/g)].map(({ index }) => index + 1);
        if (starts.length === 0) return;
        const start = starts[at % starts.length];
        refusal(text.slice(0, start) + piece + text.slice(endOfValue(text, start)));
      }),
      { numRuns: 1000, seed: 13 },
    );
  });
});

/** The longest text from there that is JSON by itself. */
function endOfValue(text: string, start: number): number {
  for (let end = Math.min(text.length, start + 300); end > start; end--) {
    try {
      JSON.parse(text.slice(start, end));
      return end;
    } catch {
      // a shorter one may be
    }
  }
  return start + 1;
}
