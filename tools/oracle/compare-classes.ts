import { dominators } from '../../packages/core/src/graph/dominators/index.ts';
import type { HeapGraph } from '../../packages/core/src/graph/heap-graph.ts';
import { histogram } from '../../packages/core/src/graph/histogram/index.ts';
import type { DevToolsHeap } from './devtools.ts';

/** The rows of both histograms that have one name. */
interface Row {
  objects: number;
  shallowBytes: number;
  retainedBytes: number;
  /** How many rows were added up. Retained sizes cannot be: what two classes hold together is in neither. */
  parts: number;
}

/** How many class names differ, by what was compared. */
export interface ClassDisagreement {
  readonly names: number;
  /** Names of one row on both sides, whose retained sizes were compared. */
  readonly retainedCompared: number;
  readonly objects: number;
  readonly shallow: number;
  readonly retained: number;
}

export const SAME_CLASSES: Omit<ClassDisagreement, 'names' | 'retainedCompared'> = { objects: 0, shallow: 0, retained: 0 };

/** Compares the class histogram with DevTools', name by name. */
export function classDisagreement(graph: HeapGraph, devTools: DevToolsHeap): ClassDisagreement {
  const ours = new Map<string, Row>();
  const { objects, shallowBytes, retainedBytes } = histogram(graph, dominators(graph));
  for (const [type, { name }] of graph.types.entries())
    if (objects[type] > 0)
      add(ours, name, { objects: objects[type], shallowBytes: shallowBytes[type], retainedBytes: retainedBytes[type] });
  const theirs = new Map<string, Row>();
  for (const { name, ...figures } of devTools.classes()) add(theirs, ourNameOf(name), figures);

  const names = new Set([...ours.keys(), ...theirs.keys()]);
  const count = { retainedCompared: 0, objects: 0, shallow: 0, retained: 0 };
  for (const name of names) {
    const [one, other] = [ours.get(name), theirs.get(name)];
    if (one?.objects !== other?.objects) count.objects++;
    if (one?.shallowBytes !== other?.shallowBytes) count.shallow++;
    if (one?.parts !== 1 || other?.parts !== 1) continue;
    count.retainedCompared++;
    if (one.retainedBytes !== other.retainedBytes) count.retained++;
  }
  return { names: names.size, ...count };
}

/** Newer versions of Node add the function or a number to the name of a scope, which makes a class of each for DevTools. */
function ourNameOf(name: string): string {
  return name.startsWith('system / Context / ') ? 'system / Context' : name;
}

function add(rows: Map<string, Row>, name: string, { objects, shallowBytes, retainedBytes }: Omit<Row, 'parts'>): void {
  const row = rows.get(name) ?? { objects: 0, shallowBytes: 0, retainedBytes: 0, parts: 0 };
  rows.set(name, {
    objects: row.objects + objects,
    shallowBytes: row.shallowBytes + shallowBytes,
    retainedBytes: row.retainedBytes + retainedBytes,
    parts: row.parts + 1,
  });
}
