import { ROOT, type Walk } from '../../graph/breadth-first.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { LEAST_TIMES, LONGEST_UNIT } from './fold-runs.ts';
import { rootName, stepName } from './path-steps.ts';

/** Numbers below this are names in the key of a step; no heap has so many kinds of steps. */
const NAME_LIMIT = 2 ** 26;
/** Runs of one path that are tried with fewer repetitions, the last ones: more do not occur outside of tests. */
const RUNS_TRIED = 8;

/**
 * Equal numbers for objects that are held in the same way. A way is the steps of the shortest path without keys, positions
 * and counts, in which a run that repeats (`foldRuns`) counts once, however often it repeats: the hundredth entry of a linked
 * list is held as the tenth is.
 *
 * A way is a chain of cells, shared by all ways that begin like it; that of an object follows from that of the object before
 * it on the path. So all ways together cost O(nodes on the paths), not the sum of the lengths of the paths.
 */
export class PathKeys {
  readonly #graph: HeapGraph;
  readonly #walk: Walk;
  /** Way of a node plus one; 0 where not known yet. */
  readonly #wayOf: Int32Array;
  /** Cells: the way before the last token, and that token: a name, or a run as `-1 - run`. Way 0 is the empty one. */
  readonly #before: number[] = [-1];
  readonly #token: number[] = [-1];
  readonly #cellOf = new Map<number, number>();
  readonly #next = new Map<number, number>();
  readonly #nameOf = new Map<string, number>();
  readonly #typeOfName: number[] = [];
  /** The unit of each run, as names. */
  readonly #units: (readonly number[])[] = [];
  readonly #runOf = new Map<string, number>();

  constructor(graph: HeapGraph, walk: Walk) {
    this.#graph = graph;
    this.#walk = walk;
    this.#wayOf = new Int32Array(graph.nodeCount);
  }

  /** The way in which a node is held; undefined for what nothing holds. */
  wayOf(node: NodeIndex): number | undefined {
    const { parent, absorbed } = this.#walk;
    const wayOf = this.#wayOf;
    let at = node;
    while (absorbed[at] === 1) at = parent[at];
    const below: NodeIndex[] = [];
    let way = 0;
    for (; at !== ROOT; at = parent[at]) {
      if (at < 0) return undefined;
      if (wayOf[at] > 0) {
        way = wayOf[at] - 1;
        break;
      }
      below.push(at);
    }
    for (let i = below.length - 1; i >= 0; i--) {
      way = this.#push(way, this.#name(below[i]));
      wayOf[below[i]] = way + 1;
    }
    return way;
  }

  /**
   * The same way with one of its runs repeated twice, once, or not at all: so are the first entries of a list held. Not at
   * all only where what follows the run could follow what is before it: from an object of the same type, or by the same step.
   */
  shorterWays(way: number): number[] {
    const found: number[] = [];
    const after: number[] = [];
    for (let at = way, tried = 0; at !== 0 && tried < RUNS_TRIED; at = this.#before[at]) {
      const token = this.#token[at];
      if (token < 0) {
        tried++;
        const unit = this.#units[-1 - token];
        let shorter = this.#before[at];
        if (this.#canBeLeftOut(shorter, unit, after.at(-1))) found.push(this.#replay(shorter, after));
        for (let times = 1; times < LEAST_TIMES; times++) {
          for (const name of unit) shorter = this.#push(shorter, name);
          found.push(this.#replay(shorter, after));
        }
      }
      after.push(token);
    }
    return found;
  }

  #canBeLeftOut(before: number, unit: readonly number[], next: number | undefined): boolean {
    if (before === 0) return false;
    if (next === unit[0]) return true;
    const token = this.#token[before];
    const last = token < 0 ? this.#units[-1 - token].at(-1)! : token;
    return this.#typeOfName[last] === this.#typeOfName[unit.at(-1)!];
  }

  /** `tokens` last first. */
  #replay(way: number, tokens: readonly number[]): number {
    for (let i = tokens.length - 1; i >= 0; i--) way = tokens[i] < 0 ? this.#cell(way, tokens[i]) : this.#push(way, tokens[i]);
    return way;
  }

  #name(node: NodeIndex): number {
    const { parent, parentLabel, rootIndex } = this.#walk;
    const graph = this.#graph;
    const text = parent[node] === ROOT ? rootName(graph, graph.roots[rootIndex[node]], node) : stepName(graph, node, parentLabel[node]);
    let name = this.#nameOf.get(text);
    if (name === undefined) {
      name = this.#typeOfName.push(graph.typeOf[node]) - 1;
      this.#nameOf.set(text, name);
    }
    return name;
  }

  #push(way: number, name: number): number {
    const key = way * NAME_LIMIT + name;
    let next = this.#next.get(key);
    if (next === undefined) this.#next.set(key, (next = this.#folded(this.#cell(way, name))));
    return next;
  }

  /** What `foldRuns` does after each entry. */
  #folded(way: number): number {
    const last: number[] = [];
    let at = way;
    for (; last.length < LONGEST_UNIT * LEAST_TIMES && at !== 0 && this.#token[at] >= 0; at = this.#before[at]) last.push(this.#token[at]);
    last.reverse();
    const isRunBefore = at !== 0 && this.#token[at] < 0;
    if (isRunBefore && last.join() === this.#units[-1 - this.#token[at]].join()) return at;
    for (let steps = 1; steps <= LONGEST_UNIT; steps++) {
      const length = steps * LEAST_TIMES;
      if (last.length < length) break;
      const start = last.length - length;
      if (!last.every((name, i) => i < start + steps || name === last[i - steps])) continue;
      let before = way;
      for (let i = 0; i < length; i++) before = this.#before[before];
      return this.#cell(before, -1 - this.#run(last.slice(-steps)));
    }
    return way;
  }

  #run(unit: readonly number[]): number {
    const text = unit.join();
    let run = this.#runOf.get(text);
    if (run === undefined) this.#runOf.set(text, (run = this.#units.push(unit) - 1));
    return run;
  }

  #cell(before: number, token: number): number {
    const key = before * NAME_LIMIT * 2 + NAME_LIMIT + token;
    let cell = this.#cellOf.get(key);
    if (cell === undefined) {
      cell = this.#before.push(before) - 1;
      this.#token.push(token);
      this.#cellOf.set(key, cell);
    }
    return cell;
  }
}
