import { EdgeKind, labelKind, labelOperand, MEMBER, type EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type { ChildSink, CollectionBound, FinalizerRegistration, Language, ObjectRole, ObjectStatus } from '../../graph/language.ts';
import { isJavaScriptLibraryFrame } from '../javascript/library-frame.ts';
import { DETACHED_PREFIX } from './detached.ts';
import { DeveloperView } from './developer-view.ts';
import type { SnapshotLocations } from './locations.ts';
import { NodeKind } from './node-kind.ts';
import { isOutermostScope } from './outermost-scope.ts';
import { SnapshotNodeTexts } from './node-texts.ts';
import type { ProgramModules } from './program-modules.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';
import { v8Finalizers } from './v8-finalizers.ts';
import { isPartOfV8, type V8Type } from './v8-types.ts';

/** One less than what may be shown: the sign for what is cut off takes a character. */
const LONGEST_TEXT = 79;

/** Also of a private field, which V8 writes as its class does. */
const IDENTIFIER = /^#?[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** How V8 writes a property whose key is a symbol. */
const SYMBOL = /^<symbol ?(.*)>$/;

/** JavaScript as its developer writes it. One per loaded snapshot. */
export class V8Language implements Language {
  readonly id = 'v8';
  readonly #facts: SnapshotFacts;
  readonly #locations: SnapshotLocations;
  readonly #view: DeveloperView;
  readonly #texts: SnapshotNodeTexts;
  readonly #modules: ProgramModules;
  readonly #globals: () => ReadonlySet<NodeIndex>;
  readonly #roles: readonly (ObjectRole | undefined)[];

  /** `globals`: the global objects of the snapshot. */
  constructor(
    facts: SnapshotFacts,
    locations: SnapshotLocations,
    modules: ProgramModules,
    globals: () => readonly { readonly node: NodeIndex }[],
  ) {
    this.#facts = facts;
    this.#locations = locations;
    this.#view = new DeveloperView(facts, modules);
    this.#modules = modules;
    this.#texts = new SnapshotNodeTexts(facts);
    let found: ReadonlySet<NodeIndex> | undefined;
    this.#globals = () => (found ??= new Set(globals().map(({ node }) => node)));
    this.#roles = facts.columns.types.map(roleOf);
  }

  children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void {
    this.#view.children(graph, node, sink);
  }

  entryCount(graph: HeapGraph, node: NodeIndex): number {
    return this.#view.entryCount(graph, node);
  }

  labelText(graph: HeapGraph, label: EdgeLabel): string {
    const operand = labelOperand(label);
    switch (labelKind(label)) {
      case EdgeKind.index:
        return operand === MEMBER ? '{…}' : `[${operand}]`;
      case EdgeKind.key:
        return `[${this.#keyText(operand)}]`;
      case EdgeKind.unread:
        return this.labelText(graph, graph.edgeLabels.at(operand));
      default:
        return this.labelPattern(graph, label);
    }
  }

  labelPattern(graph: HeapGraph, label: EdgeLabel): string {
    const kind = labelKind(label);
    if (kind === EdgeKind.unread) return this.labelPattern(graph, graph.edgeLabels.at(labelOperand(label)));
    if (kind === EdgeKind.variable) return this.#modules.variableText(labelOperand(label));
    if (kind === EdgeKind.key) return '[x]';
    if (kind === EdgeKind.index) return labelOperand(label) === MEMBER ? '{x}' : '[x]';
    const name = graph.names.text(labelOperand(label));
    switch (kind) {
      case EdgeKind.cell:
        return `closure ${name}`;
      case EdgeKind.local:
        return `local ${name}`;
      case EdgeKind.attribute:
        return propertyText(name);
      default:
        return name.startsWith('[') ? name : SYMBOL.test(name) ? propertyText(name) : `<${name}>`;
    }
  }

  nodeText(_graph: HeapGraph, node: NodeIndex): string | undefined {
    const { nodeNames } = this.#facts;
    switch (this.#facts.kindOf(node)) {
      case NodeKind.string:
      case NodeKind.concatenated:
        return this.#texts.beginning(node, LONGEST_TEXT);
      case NodeKind.number: {
        const value = this.#texts.value(node);
        return value === undefined ? undefined : String(value);
      }
      case NodeKind.symbol:
        return this.#texts.symbol(node);
      case NodeKind.array:
      case NodeKind.sliced:
      case NodeKind.bigint:
      case NodeKind.shape:
        return undefined;
      default: {
        const name = nodeNames.beginning(node, LONGEST_TEXT);
        return name === '' || name === this.#facts.typeOf(node).name ? undefined : name;
      }
    }
  }

  /** Where a function is written, or the constructor of an object; undefined where the snapshot does not say. */
  locationOf(node: NodeIndex): SiteFrame | undefined {
    return this.#locations.locationOf(node);
  }

  /** Object ids as DevTools writes them. */
  addressText(address: number): string {
    return String(address);
  }

  status(_graph: HeapGraph, node: NodeIndex): ObjectStatus {
    if (this.#globals().has(node)) return { status: 'alive', reason: 'a global object lives as long as its page or process' };
    if (this.#modules.partsOf(node) !== undefined) return { status: 'alive', reason: 'a module that is loaded' };
    const { nodeType, name } = this.#facts.typeOf(node);
    if (nodeType === 'native' && name.startsWith(DETACHED_PREFIX)) return { status: 'leaking', reason: 'detached from the document' };
    return { status: 'unknown' };
  }

  /** From a function or context to the realm that it runs in. */
  isNamespace(graph: HeapGraph, label: EdgeLabel): boolean {
    return labelKind(label) === EdgeKind.internal && NAMESPACES.has(graph.names.text(labelOperand(label)));
  }

  finalizers(graph: HeapGraph): readonly FinalizerRegistration[] {
    return v8Finalizers(this.#facts, graph, (node) => this.locationOf(node));
  }

  /** None is known: JavaScript's collections have no limit, and numbers are seldom in a snapshot. */
  bound(): CollectionBound | undefined {
    return undefined;
  }

  /** The scope of a file is to its functions what a module's namespace is elsewhere. */
  role(graph: HeapGraph, node: NodeIndex): ObjectRole | undefined {
    const facts = this.#facts;
    if (facts.isContext(node) && isOutermostScope(graph, node, (each) => facts.isContext(each))) return 'runtime';
    return this.#modules.isPartOfProgram(node) ? 'runtime' : this.#roles[graph.typeOf[node]];
  }

  isTable(graph: HeapGraph, node: NodeIndex): boolean {
    return this.#facts.columns.types[graph.typeOf[node]].nodeType === 'array';
  }

  /** JavaScript has no finalizers within classes; see `finalizers`. */
  hasFinalizer(): boolean {
    return false;
  }

  /** V8 collects cycles wherever they are. */
  isCollected(): boolean {
    return true;
  }

  /** Types of a snapshot do not say where they come from. */
  isLibraryModule(): boolean {
    return false;
  }

  isAgentFrame(frame: SiteFrame): boolean {
    return frame.file.includes('/heaptrail-agent/');
  }

  isLibraryFrame(frame: SiteFrame): boolean {
    return isJavaScriptLibraryFrame(frame);
  }

  #keyText(key: NodeIndex): string {
    const text = this.#texts.beginning(key, LONGEST_TEXT);
    if (text !== undefined) return JSON.stringify(text);
    const symbol = this.#texts.symbol(key);
    if (symbol !== undefined) return `Symbol(${symbol})`;
    const value = this.#texts.value(key);
    return value === undefined ? this.#facts.typeOf(key).displayName : String(value);
  }
}

const NAMESPACES: ReadonlySet<string> = new Set(['native_context', 'global_object', 'global_proxy_object']);

function propertyText(name: string): string {
  if (IDENTIFIER.test(name)) return `.${name}`;
  const symbol = SYMBOL.exec(name);
  return symbol === null ? `[${JSON.stringify(name)}]` : `[Symbol(${symbol[1]})]`;
}

function roleOf(type: V8Type): ObjectRole | undefined {
  const { nodeType, name } = type;
  if (isPartOfV8(type)) return 'runtime';
  switch (nodeType) {
    case 'closure':
      return 'callable';
    case 'string':
    case 'concatenated string':
    case 'sliced string':
    case 'number':
    case 'bigint':
    case 'symbol':
      return 'constant';
    case 'code':
    case 'object shape':
    case 'synthetic':
      return 'runtime';
    default:
      if (name === 'WeakRef') return 'weak';
      // The table of Node's own modules, in every heap.
      if (name === 'BuiltinModule') return 'runtime';
      return name === 'Promise' || name === 'Generator' || name === 'AsyncGenerator' ? 'activity' : undefined;
  }
}
