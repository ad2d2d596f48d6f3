import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EdgeKind, edgeLabel, labelKind, labelOperand } from '../../graph/edge-label.ts';
import { NO_NODE } from './address-index.ts';
import { BreadthFirstNumbers, type NumberedReferences, type ScatteredReferences } from './breadth-first-numbers.ts';
import { FurtherReferences } from './further-references.ts';

const SEED = 20261121;
const TYPE_LABEL = edgeLabel(EdgeKind.attribute, 5);

interface Reference {
  readonly from: number;
  /** Undefined for a reference to what is no object. */
  readonly to: number | undefined;
  readonly label: number;
  readonly flags: number;
  readonly isFurther: boolean;
}

interface Heap {
  readonly nodeCount: number;
  readonly references: readonly Reference[];
  /** In which order the lists of nodes stand in the columns. */
  readonly lists: readonly number[];
  readonly starts: readonly (readonly number[])[];
}

const heaps: fc.Arbitrary<Heap> = fc.integer({ min: 1, max: 24 }).chain((nodeCount) => {
  const node = fc.nat(nodeCount - 1);
  const name = fc.nat(5).map((each) => edgeLabel(EdgeKind.attribute, each));
  const label = fc.oneof(
    node.map((key) => edgeLabel(EdgeKind.key, key)),
    name,
  );
  const reference = fc.record({
    from: node,
    to: fc.option(node, { nil: undefined, freq: 8 }),
    label,
    flags: fc.constant(0),
    isFurther: fc.constant(false),
  });
  const further = fc.record({ from: node, to: node, label: name, flags: fc.constantFrom(0, 0x80), isFurther: fc.constant(true) });
  return fc.record({
    nodeCount: fc.constant(nodeCount),
    references: fc
      .tuple(fc.array(reference, { maxLength: 60 }), fc.array(further, { maxLength: 10 }))
      .map(([listed, others]) => [...listed, ...others]),
    lists: fc.shuffledSubarray(
      Array.from({ length: nodeCount }, (_, each) => each),
      { minLength: nodeCount },
    ),
    starts: fc.array(fc.array(node, { maxLength: 3 }), { maxLength: 3 }),
  });
});

function scattered({ nodeCount, references, lists }: Heap): ScatteredReferences {
  const listed = references.filter((each) => !each.isFurther);
  const start = new Uint32Array(nodeCount);
  const end = new Uint32Array(nodeCount);
  const target: number[] = [];
  const label: number[] = [];
  for (const node of lists) {
    start[node] = target.length;
    for (const each of listed) {
      if (each.from !== node) continue;
      target.push(each.to ?? NO_NODE);
      label.push(each.label);
    }
    end[node] = target.length;
  }
  const further = new FurtherReferences();
  for (const { from, to, label: own, flags, isFurther } of references) if (isFurther) further.add(from, to!, own, flags);
  const count = references.filter(({ to }) => to !== undefined).length;
  return { start, end, target: Uint32Array.from(target), label: Uint32Array.from(label), further: further.sorted(nodeCount), count };
}

function numbered(heap: Heap): NumberedReferences {
  const numbers = new BreadthFirstNumbers(scattered(heap), TYPE_LABEL);
  for (const group of heap.starts) numbers.reach(Uint32Array.from(group));
  return numbers.finish();
}

/** References of each old node in terms of old nodes, in their order: listed ones first. */
function expectedReferences({ nodeCount, references }: Heap): (readonly number[])[][] {
  return Array.from({ length: nodeCount }, (_, node) =>
    [false, true].flatMap((isFurther) =>
      references
        .filter((each) => each.from === node && each.to !== undefined && each.isFurther === isFurther)
        .map((each) => [each.to!, each.label, each.flags | (each.label === TYPE_LABEL ? EdgeFlag.describes : 0)] as const),
    ),
  );
}

function referencesInOldNumbers({
  order,
  numberOf,
  firstEdge,
  edgeTarget,
  edgeLabel: labels,
  edgeFlags,
}: NumberedReferences): number[][][] {
  return Array.from(numberOf, (number) => {
    const found: number[][] = [];
    for (let e = firstEdge[number]; e < firstEdge[number + 1]; e++) {
      const isKey = labelKind(labels[e]) === EdgeKind.key;
      const label = isKey ? edgeLabel(EdgeKind.key, order[labelOperand(labels[e])]) : labels[e];
      found.push([order[edgeTarget[e]], label, edgeFlags[e]]);
    }
    return found;
  });
}

/** Old numbers level by level, group after group, as a queue would take them; then what is left, each with what it leads to. */
function breadthFirst(heap: Heap): number[] {
  const references = expectedReferences(heap);
  const order: number[] = [];
  const walk = (starts: readonly number[]): void => {
    const queue = [...starts];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      if (order.includes(node)) continue;
      order.push(node);
      queue.push(...references[node].map(([to]) => to));
    }
  };
  for (const group of heap.starts) walk(group);
  for (let node = 0; node < heap.nodeCount; node++) walk([node]);
  return order;
}

describe('breadth-first numbers', () => {
  test('leave the graph as it is: the same references, labels and flags, in the same order, with what describes flagged', () => {
    fc.assert(
      fc.property(heaps, (heap) => {
        const result = numbered(heap);
        expect([...result.order].sort((a, b) => a - b)).toEqual(Array.from({ length: heap.nodeCount }, (_, node) => node));
        result.order.forEach((node, number) => expect(result.numberOf[node]).toBe(number));
        expect(result.edgeTarget).toHaveLength(heap.references.filter(({ to }) => to !== undefined).length);
        expect(referencesInOldNumbers(result)).toEqual(expectedReferences(heap));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('follow a walk in breadth from the roots, group after group; what is not reached comes last', () => {
    fc.assert(
      fc.property(heaps, (heap) => {
        expect([...numbered(heap).order]).toEqual(breadthFirst(heap));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
