import type { EdgeLabel } from '../edge-label.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import { noProgress, type Progress } from '../progress.ts';
import { reverseEdges, type ReverseEdges } from '../reverse-edges.ts';
import { cyclesAmong } from './cycles-among.ts';
import { referents } from './referents.ts';
import { referrers } from './referrers.ts';
import { referencesAmong, type Hint } from './references-among.ts';

/** An object in a picture of who refers to whom. */
export interface Neighbour {
  readonly node: NodeIndex;
  /** 0 for what was asked for, positive for what it refers to, negative for what refers to it. */
  readonly depth: number;
  /** Number of the cycle it takes part in, from 1 on, among the shown objects and references. */
  readonly cycle: number | undefined;
  /**
   * Objects next to it that are not in the picture. Where nobody looked because the depth or the direction ends there, references
   * as the heap counts them, less those that are shown.
   */
  readonly hiddenReferents: number;
  /** Undefined when nobody asked who refers to anything. */
  readonly hiddenReferrers: number | undefined;
}

export interface NeighbourReference {
  /** Indices into `nodes`. */
  readonly from: number;
  readonly to: number;
  readonly label: EdgeLabel;
  /** False for references that keep nothing alive. */
  readonly holds: boolean;
  /** Further references between the same two objects. */
  readonly others: number;
  readonly cycle: number | undefined;
}

export interface Neighbourhood {
  /** What was asked for first, then by distance. */
  readonly nodes: readonly Neighbour[];
  readonly references: readonly NeighbourReference[];
  readonly cycles: number;
  /** Objects within the depth that were met and have no place in the picture. An object may be met, and counted, from several sides. */
  readonly leftOut: number;
}

export interface NeighbourhoodLimits {
  readonly depth: number;
  readonly direction: 'referrers' | 'referents' | 'both';
  readonly mostNodes: number;
  /** Neighbours of one object in one direction. */
  readonly mostPerNode: number;
}

const DEFAULTS: NeighbourhoodLimits = { depth: 2, direction: 'both', mostNodes: 200, mostPerNode: 20 };

/**
 * What refers to some objects, what they refer to, and how, to a depth: above the centres only what leads to them, below
 * only where they lead. Objects as the developer sees them (`Language.children`): tables are passed through, and classes and
 * namespaces, which everything refers to, are left out, unless they are asked for themselves. References to what is shown
 * are found with `reverse` (made when it is needed and not given: 8 bytes an edge).
 */
export function neighbourhood(
  graph: HeapGraph,
  centres: readonly NodeIndex[],
  limits: Partial<NeighbourhoodLimits> = {},
  reverse?: () => ReverseEdges,
  progress: Progress = noProgress,
): Neighbourhood {
  const search = new Search(graph, { ...DEFAULTS, ...limits });
  const { direction } = search.limits;
  for (const centre of centres) search.show(centre, 0);
  if (direction !== 'referents') {
    progress({ step: 'references', done: 0, total: graph.edgeCount });
    const table = reverse?.() ?? reverseEdges(graph);
    search.spread(-1, (node) => referrers(graph, table, node, search.limits.mostPerNode));
    search.referrerCount = (node) => table.first[node + 1] - table.first[node];
  }
  if (direction !== 'referrers') search.spread(1, (node) => referents(graph, node));
  return search.finish();
}

/** Neighbours of an object, and how many more it has that were not looked at. */
export interface Met {
  readonly neighbours: readonly NodeIndex[];
  readonly unseen: number;
  /** For referrers: the reference by which each was found, where `Language.children` may not show it. */
  readonly hints?: readonly Hint[];
}

interface Shown {
  readonly node: NodeIndex;
  readonly depth: number;
  /** Undefined until somebody looked. */
  hiddenReferents: number | undefined;
  hiddenReferrers: number | undefined;
}

class Search {
  readonly limits: NeighbourhoodLimits;
  referrerCount: ((node: NodeIndex) => number) | undefined;
  readonly #graph: HeapGraph;
  readonly #shown: Shown[] = [];
  readonly #indexOf = new Map<NodeIndex, number>();
  readonly #hints: Hint[] = [];
  #leftOut = 0;

  constructor(graph: HeapGraph, limits: NeighbourhoodLimits) {
    this.#graph = graph;
    this.limits = limits;
  }

  show(node: NodeIndex, depth: number): void {
    if (this.#indexOf.has(node)) return;
    this.#indexOf.set(node, this.#shown.length);
    this.#shown.push({ node, depth, hiddenReferents: undefined, hiddenReferrers: undefined });
  }

  /** Breadth-first from the centres in one direction; what the other direction has shown already is gone through all the same. */
  spread(sign: 1 | -1, look: (node: NodeIndex) => Met): void {
    const { depth, mostPerNode } = this.limits;
    let level = this.#shown.filter((each) => each.depth === 0);
    const reached = new Set(level);
    for (let distance = 1; distance <= depth && level.length > 0; distance++) {
      const next: Shown[] = [];
      for (const each of level) {
        const { neighbours, unseen, hints } = look(each.node);
        this.#hints.push(...(hints ?? []));
        let hidden = unseen;
        let room = mostPerNode;
        for (const neighbour of neighbours) {
          const isNew = !this.#indexOf.has(neighbour);
          if (isNew && (room === 0 || this.#shown.length >= this.limits.mostNodes)) {
            hidden++;
            continue;
          }
          if (isNew) {
            this.show(neighbour, sign * distance);
            room--;
          }
          const shown = this.#shown[this.#indexOf.get(neighbour)!];
          if (!reached.has(shown)) next.push(shown);
          reached.add(shown);
        }
        this.#leftOut += hidden;
        if (sign === 1) each.hiddenReferents = hidden;
        else each.hiddenReferrers = hidden;
      }
      level = next;
    }
  }

  finish(): Neighbourhood {
    const found = referencesAmong(
      this.#graph,
      this.#shown.map(({ node }) => node),
      this.#indexOf,
      this.#hints,
    );
    const { cycleOf, count } = cyclesAmong(this.#shown.length, found);
    const shownFrom = new Uint32Array(this.#shown.length);
    const shownTo = new Uint32Array(this.#shown.length);
    for (const { from, to, others } of found) {
      shownFrom[from] += 1 + others;
      shownTo[to] += 1 + others;
    }
    const { firstEdge } = this.#graph;
    const { referrerCount } = this;
    return {
      nodes: this.#shown.map(({ node, depth, hiddenReferents, hiddenReferrers }, index) => ({
        node,
        depth,
        cycle: cycleOf(index, index),
        hiddenReferents: hiddenReferents ?? Math.max(0, firstEdge[node + 1] - firstEdge[node] - shownFrom[index]),
        hiddenReferrers: referrerCount === undefined ? undefined : (hiddenReferrers ?? Math.max(0, referrerCount(node) - shownTo[index])),
      })),
      references: found.map((reference) => ({ ...reference, cycle: reference.holds ? cycleOf(reference.from, reference.to) : undefined })),
      cycles: count,
      leftOut: this.#leftOut,
    };
  }
}
