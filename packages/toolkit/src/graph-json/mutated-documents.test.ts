import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../errors/toolkit-error.ts';
import { graphJson } from './graph-json.ts';
import { type AnyGraphType, graphType } from './graph-type.ts';
import { Branch, NODE_KINDS, randomGraphs } from './testing/random-graph.ts';

const save = (branch: Branch): unknown[] => [branch.left, branch.right];

function sidesOf(state: unknown): Pick<Branch, 'left' | 'right'> {
  const [left, right] = state as unknown[];
  return { left, right };
}

/** The three ways of a registered class: each completes in its own order. */
const TYPES: Readonly<Record<string, AnyGraphType>> = {
  properties: graphType({ name: 'Branch', class: Branch }),
  'create and restore': graphType({
    name: 'Branch',
    class: Branch,
    save,
    create: () => new Branch(),
    restore: (branch, state) => void Object.assign(branch, sidesOf(state)),
  }),
  revive: graphType({ name: 'Branch', class: Branch, save, revive: (state) => Object.assign(new Branch(), sidesOf(state)) }),
};

const POINTERS = ['/value', '/value/0', '/value/value', '/parts/0', '/value/value/0/1'];

const mutations = fc.array(fc.record({ at: fc.nat(), from: fc.nat(), kind: fc.constantFrom('copy', 'delete', 'refer', 'append') }), {
  minLength: 1,
  maxLength: 3,
});
interface Mutation {
  readonly at: number;
  readonly from: number;
  readonly kind: string;
}

type Json = Record<string, unknown>;

/** Documents that stay JSON and, mostly, of the right form: pieces of them copied, removed, put elsewhere, made references. */
function mutated(text: string, changes: readonly Mutation[]): string {
  const document = JSON.parse(text) as Json;
  for (const { at, from, kind } of changes) {
    const places = placesOf(document);
    if (places.length === 0) break;
    const [holder, key] = places[at % places.length];
    const [otherHolder, otherKey] = places[from % places.length];
    const copy: unknown = JSON.parse(JSON.stringify(otherHolder[otherKey]));
    if (kind === 'copy') holder[key] = copy;
    else if (kind === 'delete') Reflect.deleteProperty(holder, key);
    else if (kind === 'refer') holder[key] = { $ref: POINTERS[from % POINTERS.length] };
    else if (Array.isArray(holder)) holder.push(copy);
  }
  return JSON.stringify(document);
}

function placesOf(document: Json): [Json, string][] {
  const places: [Json, string][] = [];
  const open = [document];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const [key, value] of Object.entries(next)) {
      places.push([next, key]);
      if (typeof value === 'object' && value !== null) open.push(value as Json);
    }
  return places;
}

function answerTo(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof ToolkitError) return error;
    throw error;
  }
}

describe.each(Object.entries(TYPES))('documents with pieces exchanged, classes by %s', (_, type) => {
  const json = graphJson({ types: [type] });

  it('give a ToolkitError, or a graph that can be written and read again', () => {
    let graphs = 0;
    let errors = 0;
    fc.assert(
      fc.property(randomGraphs(NODE_KINDS), mutations, (graph, changes) => {
        const value = answerTo(() => json.parse(mutated(json.stringify(graph), changes)));
        if (value instanceof ToolkitError) errors++;
        else {
          graphs++;
          answerTo(() => json.parse(json.stringify(value)));
        }
      }),
      { numRuns: 1500, seed: 27 },
    );
    expect(graphs).toBeGreaterThan(200);
    expect(errors).toBeGreaterThan(200);
  });
});
