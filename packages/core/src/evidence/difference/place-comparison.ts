import type { HeapGraph } from '../../graph/heap-graph.ts';
import { noProgress, type Progress } from '../../graph/progress.ts';
import { NO_PLACE, PlaceTable, type PlaceId } from '../growth/place-table.ts';
import { placeHeap, type PlaceTotals } from '../growth/place-walk.ts';

/** Objects of one type at one place, in each heap. */
export interface PlaceChange {
  /** From the root down: label pattern and type of each step. The same in every run of a program. */
  readonly path: readonly string[];
  /** One entry per heap; objects without the tables that belong to them. */
  readonly objects: readonly number[];
  /** Shallow bytes, with those tables. */
  readonly bytes: readonly number[];
  /** Entries of the collections at the place. */
  readonly entries: readonly number[];
}

export interface PlaceChanges {
  /** The places whose bytes changed most from the first heap to the last. */
  readonly changes: readonly PlaceChange[];
  /** Places that changed and are not shown, and by how much all together. */
  readonly more: { readonly places: number; readonly objects: number; readonly bytes: number };
  readonly unchangedPlaces: number;
}

/**
 * Compares heaps of which no two objects are the same, because they come from different processes or runs: an object is
 * what its type and its place say, the place being the path of names on which a walk from the roots first meets it (as in
 * `evidence/growth`). One heap at a time: only sums by place stay. What nothing reaches has no place.
 */
export class PlaceComparison {
  readonly #places = new PlaceTable();
  readonly #totals: PlaceTotals[] = [];

  /** About 20 bytes a node while it runs; reads the names of all references. */
  add(graph: HeapGraph, progress: Progress = noProgress): void {
    progress({ step: 'difference', done: this.#totals.length, total: this.#totals.length + 1 });
    this.#totals.push(placeHeap(graph, this.#places).totals);
  }

  changes(limit = 50): PlaceChanges {
    const changed: { place: PlaceId; bytes: number }[] = [];
    for (let place = NO_PLACE + 1; place < this.#places.size; place++) {
      const bytes = this.#series('bytes', place);
      const objects = this.#series('objects', place);
      const entries = this.#series('entries', place);
      if (isFlat(bytes) && isFlat(objects) && isFlat(entries)) continue;
      changed.push({ place, bytes: Math.abs(bytes[bytes.length - 1] - bytes[0]) });
    }
    changed.sort((a, b) => b.bytes - a.bytes || a.place - b.place);
    const more = { places: 0, objects: 0, bytes: 0 };
    for (const { place } of changed.slice(limit)) {
      more.places++;
      more.objects += difference(this.#series('objects', place));
      more.bytes += difference(this.#series('bytes', place));
    }
    const changes = changed.slice(0, limit).map(({ place }) => ({
      path: this.#places.path(place),
      objects: this.#series('objects', place),
      bytes: this.#series('bytes', place),
      entries: this.#series('entries', place),
    }));
    return { changes, more, unchangedPlaces: this.#places.size - 1 - changed.length };
  }

  /** Heaps that came before a place was first seen have nothing there. */
  #series(of: keyof PlaceTotals, place: PlaceId): number[] {
    return this.#totals.map((totals) => totals[of][place] ?? 0);
  }
}

function isFlat(series: readonly number[]): boolean {
  return series.every((value) => value === series[0]);
}

function difference(series: readonly number[]): number {
  return series[series.length - 1] - series[0];
}
