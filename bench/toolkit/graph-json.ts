import { pathToFileURL } from 'node:url';
import * as devalue from 'devalue';
import * as flatted from 'flatted';
import { graphJson } from '../../packages/toolkit/src/graph-json/graph-json.ts';
import { alignedColumns } from '../../tools/aligned-columns.ts';
import type { Contender, Figure } from './figure.ts';

/** One kind of data, written and read by ours and theirs. */
export interface GraphJsonRow {
  readonly data: string;
  readonly tool: 'graphJson' | 'flatted' | 'devalue';
  readonly stringifyMs: number;
  readonly parseMs: number;
  readonly textMB: number;
  /** Ours or theirs to flatted in the same run. */
  readonly stringifyRatio: number;
  readonly parseRatio: number;
}

interface Codec {
  stringify(value: unknown): string;
  parse(text: string): unknown;
}

const CODECS: readonly (readonly [GraphJsonRow['tool'], Codec])[] = [
  ['flatted', flatted],
  ['graphJson', graphJson({ limits: { maxTextLength: 2 ** 28 } })],
  ['devalue', devalue],
];

/** Objects that flatted can write: it is what the goal of 2x is held against. `scale` 1 takes about a minute of CPU. */
export function measureGraphJson({ scale = 1, runs = 9 } = {}): GraphJsonRow[] {
  return Object.entries(dataSets(scale)).flatMap(([data, make]) => {
    const value = make();
    const texts = CODECS.map(([, codec]) => codec.stringify(value));
    const write: number[][] = CODECS.map(() => []);
    const read: number[][] = CODECS.map(() => []);
    // Taking turns, so that a busy second of the machine hits all of them.
    for (let run = 0; run < runs; run++)
      for (const [i, [, codec]] of CODECS.entries()) {
        write[i].push(userMs(() => codec.stringify(value)));
        read[i].push(userMs(() => codec.parse(texts[i])));
      }
    return CODECS.map(([tool], i) => ({
      data,
      tool,
      stringifyMs: median(write[i]),
      parseMs: median(read[i]),
      textMB: texts[i].length / 1e6,
      stringifyRatio: median(write[i]) / median(write[0]),
      parseRatio: median(read[i]) / median(read[0]),
    }));
  });
}

/** For `npm run bench:toolkit`: records that refer to each other, of all data sets the one where we are closest to flatted. */
export function graphJsonFigure(way: 'stringify' | 'parse'): Figure {
  const value = records(500);
  const ofAll = CODECS.map(([name, codec]): Contender => {
    const text = codec.stringify(value);
    return {
      name,
      run: (operations) => {
        let last: unknown;
        for (let i = 0; i < operations; i++) last = way === 'stringify' ? codec.stringify(value) : codec.parse(text);
        return last;
      },
    };
  });
  const [flattedOne, ours, devalueOne] = ofAll;
  return {
    id: `graph-json-${way}`,
    operation: way === 'stringify' ? 'a text of 500 records' : '500 records from their text',
    operations: 100,
    contenders: [ours, flattedOne, devalueOne],
    goals: { flatted: 2 },
  };
}

function dataSets(scale: number): Readonly<Record<string, () => unknown>> {
  const count = (n: number): number => Math.max(2, Math.round(n * scale));
  return {
    'records that refer to records': () => records(count(50_000)),
    'a tree': () => treeOf(Math.max(2, Math.round(8 + Math.log(scale) / Math.log(4)))),
    numbers: () => Array.from({ length: count(500_000) }, (_, i) => i * 1.25),
    texts: () => Array.from({ length: count(200_000) }, (_, i) => `some text ${i}${i % 10 === 0 ? '\n"quoted"' : ''}`),
    'a dictionary': () => Object.fromEntries(Array.from({ length: count(100_000) }, (_, i) => [`key${i}`, { v: i }])),
  };
}

interface Item {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly score: number;
  readonly tags: readonly string[];
  parent: Item | undefined;
}

function records(count: number): Item[] {
  const all = Array.from({ length: count }, (_, id): Item => ({
    id,
    name: `name ${id}`,
    active: true,
    score: id * 1.5,
    tags: ['a', 'b'],
    parent: undefined,
  }));
  for (const [i, record] of all.entries()) record.parent = all[i >> 1];
  return all;
}

function treeOf(levels: number): object {
  if (levels === 0) return { leaf: 'x'.repeat(20), level: levels };
  return { name: 'node', children: Array.from({ length: 4 }, () => treeOf(levels - 1)) };
}

/** Time of this process on a CPU, its threads included: the machine may be busy with others. */
function userMs(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  return process.cpuUsage(began).user / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** As lines of text. */
export function graphJsonTable(rows: readonly GraphJsonRow[]): string {
  const cells = rows.map((row) => [
    row.data,
    row.tool,
    `${row.stringifyMs.toFixed(0)} ms`,
    `${row.stringifyRatio.toFixed(2)}x`,
    `${row.parseMs.toFixed(0)} ms`,
    `${row.parseRatio.toFixed(2)}x`,
    `${row.textMB.toFixed(1)} MB`,
  ]);
  return alignedColumns([['data', 'by', 'stringify', 'to flatted', 'parse', 'to flatted', 'text'], ...cells]).join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const rows = measureGraphJson();
  console.log(`CPU time, median of 9 runs in turns, Node ${process.versions.node}; goal: at most 2x of flatted`);
  console.log(graphJsonTable(rows));
  if (rows.some(({ tool, stringifyRatio, parseRatio }) => tool === 'graphJson' && Math.max(stringifyRatio, parseRatio) > 2))
    process.exitCode = 1;
}
