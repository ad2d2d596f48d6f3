import { EdgeKind, edgeLabel, MEMBER, type EdgeLabel } from './edge-label.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { HeapGraph, HeapType, NodeIndex, OutsideReferences, Root, SiteFrame } from './heap-graph.ts';
import { TextLanguage } from './text-language.ts';

/**
 * A heap as text, for tests: what a picture on paper would say.
 *
 *   module app = cache            a root; kinds: module, frame, interpreter, native (as often as it has such a reference), agent
 *   cache: dict 100               an object, its type (`module:name` of a package) and bytes (optional: type = name, 16 bytes)
 *   cache [k1] a                  a reference by key; `[0]` by position, `{}` a member, `.x` attribute, `<key>` internal,
 *                                 `^` type, `closure x` cell, `local x` local
 *   a ~> b                        a weak reference
 *   a @ app.py:3 make             an allocation site; `a @ app.py:3 make < app.py:9 run` with the frame that called it
 *
 * An object's address is made from its name, so that one name in two texts is one object in two dumps.
 */
export function parseGraph(text: string): { readonly graph: HeapGraph; readonly node: (name: string) => NodeIndex } {
  const reader = new GraphReader();
  for (const line of text.split('\n')) reader.line(line.trim());
  return reader.finish();
}

const ROOT = /^(module|frame|interpreter|native|agent) (\S+) = (\S+)$/;
const OBJECT = /^(\S+): ([^\d\s]\S*)(?: (\d+))?$/;
const WEAK = /^(\S+) ~> (\S+)$/;
const SITE = /^(\S+) @ (\S+:\d+ \S+(?: < \S+:\d+ \S+)*)$/;
const FRAME = /^(\S+):(\d+) (\S+)$/;
const EDGE = /^(\S+) (\[[^\]]*\]|\{\}|\.\S+|<\S+>|\^|closure \S+|local \S+) (\S+)$/;

class GraphReader {
  readonly #builder = new GraphBuilder();
  readonly #types: HeapType[] = [];
  readonly #typeByName = new Map<string, number>();
  readonly #declared = new Map<string, { readonly type: string; readonly bytes: number }>();
  readonly #nodeByName = new Map<string, NodeIndex>();
  readonly #lines: (readonly string[])[] = [];
  readonly #roots: Root[] = [];
  readonly #weak: (readonly [NodeIndex, NodeIndex])[] = [];
  readonly #siteOf = new Map<NodeIndex, number>();
  readonly #stacks: (readonly SiteFrame[])[] = [];
  readonly #texts = new Map<NodeIndex, string>();

  line(line: string): void {
    if (line === '' || line.startsWith('#')) return;
    const object = OBJECT.exec(line);
    if (object === null) this.#lines.push([line]);
    else this.#declared.set(object[1], { type: object[2], bytes: Number(object[3] ?? 16) });
  }

  finish(): { graph: HeapGraph; node: (name: string) => NodeIndex } {
    for (const name of this.#declared.keys()) this.#node(name);
    for (const [line] of this.#lines) this.#relation(line);
    const siteOf = this.#siteOf;
    const stacks = this.#stacks;
    const graph = this.#builder.build({
      types: this.#types,
      language: new TextLanguage(),
      roots: this.#roots,
      weak: { source: Uint32Array.from(this.#weak, ([source]) => source), target: Uint32Array.from(this.#weak, ([, target]) => target) },
      texts: { text: (node) => this.#texts.get(node) },
      sites: {
        traced: stacks.length > 0,
        siteCount: stacks.length,
        siteOf: (node) => siteOf.get(node) ?? -1,
        frames: (site) => stacks[site],
      },
    });
    return { graph: { ...graph, outside: outsideOf(this.#roots) }, node: (name) => this.#node(name) };
  }

  #relation(line: string): void {
    const root = ROOT.exec(line);
    const weak = WEAK.exec(line);
    const site = SITE.exec(line);
    const edge = EDGE.exec(line);
    if (root !== null) this.#roots.push(rootOf(root[1] as Root['kind'], root[2], this.#node(root[3])));
    else if (weak !== null) this.#weak.push([this.#node(weak[1]), this.#node(weak[2])]);
    else if (site !== null) this.#siteOf.set(this.#node(site[1]), this.#stacks.push(site[2].split(' < ').map(frameOf)) - 1);
    else if (edge !== null) this.#builder.addEdge(this.#node(edge[1]), this.#node(edge[3]), this.#label(edge[2]));
    else throw new Error(`expected a root, object, reference, weak reference or site, found "${line}"`);
  }

  #node(name: string): NodeIndex {
    let node = this.#nodeByName.get(name);
    if (node === undefined) {
      const { type, bytes } = this.#declared.get(name) ?? { type: name.replace(/\d+$/, ''), bytes: 16 };
      node = this.#builder.addNode(this.#type(type), bytes, addressOf(name));
      this.#nodeByName.set(name, node);
    }
    return node;
  }

  #type(name: string): number {
    let type = this.#typeByName.get(name);
    if (type === undefined) {
      const [module, own] = name.includes(':') ? name.split(':', 2) : ['', name];
      type = this.#types.push({ module, name: own, displayName: name.replace(':', '.') }) - 1;
      this.#typeByName.set(name, type);
    }
    return type;
  }

  #label(text: string): EdgeLabel {
    const { names } = this.#builder;
    if (text === '{}') return edgeLabel(EdgeKind.index, MEMBER);
    if (text === '^') return edgeLabel(EdgeKind.type, names.intern('type'));
    if (text.startsWith('closure ')) return edgeLabel(EdgeKind.cell, names.intern(text.slice(8)));
    if (text.startsWith('local ')) return edgeLabel(EdgeKind.local, names.intern(text.slice(6)));
    if (text.startsWith('.')) return edgeLabel(EdgeKind.attribute, names.intern(text.slice(1)));
    if (text.startsWith('<')) return edgeLabel(EdgeKind.internal, names.intern(text));
    const key = text.slice(1, -1);
    if (/^\d+$/.test(key)) return edgeLabel(EdgeKind.index, Number(key));
    const node = this.#node(`'${key}'`);
    this.#texts.set(node, key);
    return edgeLabel(EdgeKind.key, node);
  }
}

function rootOf(kind: Root['kind'], name: string, node: NodeIndex): Root {
  return kind === 'frame'
    ? { kind, name, node, frame: { thread: 'main', function: 'main', file: 'app.py', line: 1 } }
    : { kind, name, node };
}

/** Each native root is one reference. */
function outsideOf(roots: readonly Root[]): OutsideReferences {
  const count = new Map<NodeIndex, number>();
  for (const { kind, node } of roots) if (kind === 'native') count.set(node, (count.get(node) ?? 0) + 1);
  const sorted = [...count].sort(([a], [b]) => a - b);
  return { node: Uint32Array.from(sorted, ([node]) => node), references: Uint32Array.from(sorted, ([, references]) => references) };
}

/** 48 bits of a name: FNV-1a twice, from two starting points. */
function addressOf(name: string): number {
  let low = 0x811c9dc5;
  let high = 0x1234567;
  for (const char of name) {
    low = Math.imul(low ^ char.codePointAt(0)!, 0x01000193);
    high = Math.imul(high ^ char.codePointAt(0)!, 0x01000193);
  }
  return ((high >>> 16) & 0xffff) * 2 ** 32 + (low >>> 0);
}

function frameOf(text: string): SiteFrame {
  const [, file, line, name] = FRAME.exec(text)!;
  return { file, line: Number(line), function: name };
}
