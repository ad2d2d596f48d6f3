import type { NodeIndex } from '../../graph/heap-graph.ts';
import { shortText } from '../../graph/short-text.ts';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import { commonJsScopes } from './commonjs-scopes.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import { partsOfCommonJs, partsOfEsModule, type ModuleParts } from './module-parts.ts';
import { SnapshotNodeTexts } from './node-texts.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';
import type { V8Type } from './v8-types.ts';

/** What the loader of ES modules keeps for each module: as long as it is there, so is the module. */
const JOBS: ReadonlySet<string> = new Set(['ModuleJob', 'ModuleJobSync']);
const WRAP = 'ModuleWrap';
const COMMONJS = 'Module';
/** Objects named as CommonJS modules are, whose class is looked at for the table of all of them. */
const MOST_ASKED = 100;
const LONGEST_URL = 2000;
/** With more properties, what a CommonJS module exports is a table of the program's rather than a list of its names. */
const MOST_EXPORTS = 1000;

export interface ProgramModule {
  /** A `ModuleWrap` or a CommonJS `Module`. */
  readonly node: NodeIndex;
  /** Its file, or its URL where that names none. */
  readonly name: string;
}

/**
 * The modules of a Node program, without Node's own: those that a loader has in its table. What is only like one (modules
 * of `node:vm`, those that were deleted from `require.cache`) is an object as others are. Looked for when somebody asks;
 * one pass over the types of the nodes, and none where there is no such type, as in pages.
 */
export class ProgramModules {
  readonly #facts: SnapshotFacts;
  readonly #isModuleType: Uint8Array;
  readonly #isPlainType: Uint8Array;
  #all: readonly ProgramModule[] | undefined;
  readonly #parts = new Map<NodeIndex, ModuleParts>();
  readonly #namespaces = new Set<NodeIndex>();

  constructor(facts: SnapshotFacts) {
    this.#facts = facts;
    this.#isModuleType = flagsOf(facts.columns.types, (name) => name === WRAP || name === COMMONJS);
    this.#isPlainType = flagsOf(facts.columns.types, (name) => name === 'Object');
  }

  /** CommonJS first, each kind in the order of the nodes. */
  get all(): readonly ProgramModule[] {
    if (this.#all !== undefined) return this.#all;
    const commonJs = commonJsModules(this.#facts);
    const es = esModules(this.#facts);
    this.#all = [...commonJs, ...es];
    const scopes = commonJsScopes(
      this.#facts,
      commonJs.map(({ node }) => node),
    );
    // What a damaged file gives to many modules is gone through once.
    const taken = new Set<NodeIndex>();
    for (const { node } of commonJs) {
      this.#parts.set(node, partsOfCommonJs(scopes.get(node)));
      const exported = this.#facts.propertyTarget(node, 'exports');
      if (exported === undefined || taken.has(exported)) continue;
      taken.add(exported);
      if (propertiesOf(this.#facts, exported).length <= MOST_EXPORTS) this.#namespaces.add(exported);
    }
    for (const { node } of es) this.#parts.set(node, partsOfEsModule(this.#facts, node, taken));
    return this.#all;
  }

  /** What lies between a module and its variables; undefined for everything that is no module of the program. Cheap to ask of any node. */
  partsOf(node: NodeIndex): ModuleParts | undefined {
    if (this.#isModuleType[this.#facts.columns.typeOf[node]] === 0 || this.all.length === 0) return undefined;
    return this.#parts.get(node);
  }

  /** True for a module, and for the object with what it exports. Cheap to ask of any node. */
  isPartOfProgram(node: NodeIndex): boolean {
    const type = this.#facts.columns.typeOf[node];
    if (this.#isPlainType[type] === 0) return this.partsOf(node) !== undefined;
    return this.all.length > 0 && this.#namespaces.has(node);
  }

  /** `variable sessions`, `export default`: a reference to a variable of a module as it is written, by its scope or its table of exports. */
  variableText(edge: number): string {
    const { edgeFlags, edgeTarget } = this.#facts.columns;
    if (edgeTypeOf(edgeFlags[edge]) === EdgeType.context) return `variable ${this.#facts.edgeName(edge)}`;
    // In a table of exports, a name comes before what it names.
    return `export ${this.#facts.nodeNames.name(edgeTarget[edge - 1])}`;
  }
}

function flagsOf(types: readonly V8Type[], isWanted: (name: string) => boolean): Uint8Array {
  return Uint8Array.from(types, ({ nodeType, name }) => (nodeType === 'object' && isWanted(name) ? 1 : 0));
}

function nodesOf({ columns: { types, typeOf } }: SnapshotFacts, isWanted: (name: string) => boolean): NodeIndex[] {
  const isOfType = flagsOf(types, isWanted);
  const found: NodeIndex[] = [];
  if (!isOfType.includes(1)) return found;
  for (let node = 0; node < typeOf.length; node++) if (isOfType[typeOf[node]] === 1) found.push(node);
  return found;
}

function esModules(facts: SnapshotFacts): ProgramModule[] {
  const { types, typeOf } = facts.columns;
  const texts = new SnapshotNodeTexts(facts);
  const found = new Map<NodeIndex, ProgramModule>();
  for (const job of nodesOf(facts, (name) => JOBS.has(name)))
    for (const edge of propertiesOf(facts, job)) {
      const node = facts.columns.edgeTarget[edge];
      if (types[typeOf[node]].name !== WRAP || found.has(node)) continue;
      const urlText = facts.propertyTarget(node, 'url');
      const url = urlText === undefined ? undefined : texts.beginning(urlText, LONGEST_URL);
      if (url !== undefined && url !== '' && !url.startsWith('node:')) found.set(node, { node, name: nameOfUrl(url) });
    }
  return [...found.values()];
}

/** What is in `Module._cache`, under the names of the files. */
function commonJsModules(facts: SnapshotFacts): ProgramModule[] {
  const { types, typeOf, edgeTarget } = facts.columns;
  const candidates = nodesOf(facts, (name) => name === COMMONJS);
  let cache: NodeIndex | undefined;
  for (let i = 0; i < candidates.length && i < MOST_ASKED && cache === undefined; i++) cache = cacheOf(facts, candidates[i]);
  if (cache === undefined) return [];
  const found = new Map<NodeIndex, ProgramModule>();
  for (const edge of propertiesOf(facts, cache)) {
    const node = edgeTarget[edge];
    if (types[typeOf[node]].name === COMMONJS && !found.has(node)) found.set(node, { node, name: facts.edgeName(edge) });
  }
  return [...found.values()];
}

/** Methods of `Module` that see it as a variable; packages replace some of them. */
const METHODS = ['load', '_compile', 'require', 'get constructor'];

/** The class of a module keeps the table of all modules. From Node 20 on it hides itself from its instances, but not from its own methods. */
function cacheOf(facts: SnapshotFacts, module: NodeIndex): NodeIndex | undefined {
  const prototype = facts.propertyTarget(module, '__proto__');
  if (prototype === undefined) return undefined;
  const classes = [facts.propertyTarget(prototype, 'constructor')];
  for (const name of METHODS) {
    const method = facts.propertyTarget(prototype, name);
    const scope = method === undefined ? undefined : facts.internalTarget(method, 'context');
    if (scope !== undefined) classes.push(facts.variableTarget(scope, COMMONJS));
  }
  for (const each of classes) {
    const cache = each === undefined ? undefined : facts.propertyTarget(each, '_cache');
    if (cache !== undefined) return cache;
  }
  return undefined;
}

function propertiesOf({ columns: { firstEdge, edgeFlags } }: SnapshotFacts, node: NodeIndex): number[] {
  const found: number[] = [];
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
    if (edgeTypeOf(edgeFlags[edge]) === EdgeType.property && edgeFlags[edge] < EdgeFlag.holdsNothing) found.push(edge);
  return found;
}

/** The file that a URL names, as CommonJS writes it; other URLs (`data:`) as they are, cut off. */
function nameOfUrl(url: string): string {
  if (!url.startsWith('file://')) return shortText(url) ?? url;
  const path = url.slice('file://'.length).replace(/^\/(?=[A-Za-z]:\/)/, '');
  try {
    return decodeURI(path);
  } catch {
    return path; // not written by Node
  }
}
