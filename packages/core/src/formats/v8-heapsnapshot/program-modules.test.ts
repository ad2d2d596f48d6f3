import { describe, expect, it } from 'vitest';
import { loadNodes } from './testing/load-small.ts';
import { childrenOf } from './testing/shown-children.ts';
import type { SmallEdge, SmallNode } from './testing/small-snapshot.ts';

/** Nodes by name, with references by the names of their targets. The first is the root. */
type Named = Readonly<
  Record<string, Omit<SmallNode, 'edges'> & { readonly edges?: readonly (readonly [string, string | number, string])[] }>
>;

function heapOf(nodes: Named) {
  const names = Object.keys(nodes);
  const small = Object.values(nodes).map((node): SmallNode => ({
    ...node,
    edges: node.edges?.map(([type, name, to]): SmallEdge => [type, name, names.indexOf(to)]) ?? [],
  }));
  const graph = loadNodes(small);
  return {
    graph,
    roots: graph.roots.map(({ kind, name, node }) => `${kind} ${name} ${names[node]}`),
    shown: (name: string) => childrenOf(graph, names.indexOf(name)).map(({ text, node }) => `${text} ${names[node]}`),
  };
}

const ROOT = { type: 'synthetic', name: '', edges: [['shortcut', 'global', 'global'] as const] };

/** As Node 20 shows \`const cache = …; export const rows = …\` with an import that was not exported. */
const ES: Named = {
  root: ROOT,
  global: { name: 'global / ', edges: [['property', 'loader', 'loader']] },
  loader: {
    name: 'LoadCache',
    edges: [
      ['property', 'a', 'job'],
      ['property', 'v8', 'builtinJob'],
      ['weak', 'gone', 'loose'],
    ],
  },
  job: { name: 'ModuleJob', edges: [['property', 'module', 'wrap']] },
  builtinJob: { name: 'ModuleJob', edges: [['property', 'module', 'builtin']] },
  wrap: {
    name: 'ModuleWrap',
    edges: [
      ['property', 'url', 'url'],
      ['internal', '2', 'record'],
      ['property', '__proto__', 'prototype'],
    ],
  },
  builtin: { name: 'ModuleWrap', edges: [['property', 'url', 'builtinUrl']] },
  loose: { name: 'ModuleWrap', edges: [['property', 'url', 'url']] },
  url: { type: 'string', name: 'file:///srv/the%20app/store.mjs?v=1' },
  builtinUrl: { type: 'string', name: 'node:v8' },
  prototype: { name: 'Object' },
  record: {
    type: 'hidden',
    name: 'system / SourceTextModule',
    edges: [
      ['hidden', 0, 'table'],
      ['hidden', 4, 'suspended'],
      ['hidden', 5, 'own'],
      ['hidden', 6, 'imported'],
      ['hidden', 9, 'record'],
    ],
  },
  table: {
    type: 'array',
    name: '',
    edges: [
      ['internal', '3', 'name'],
      ['internal', '4', 'ownCell'],
      ['internal', '5', 'other'],
      ['internal', '6', 'foreignCell'],
    ],
  },
  name: { type: 'string', name: 'rows' },
  other: { type: 'string', name: 'handed on' },
  own: { type: 'array', name: '', edges: [['internal', '0', 'ownCell']] },
  imported: { type: 'array', name: '', edges: [['internal', '0', 'foreignCell']] },
  ownCell: { type: 'hidden', name: 'system / Cell', edges: [['internal', 'value', 'rows']] },
  foreignCell: { type: 'hidden', name: 'system / Cell', edges: [['internal', 'value', 'foreign']] },
  rows: { name: 'Array' },
  foreign: { name: 'Set' },
  suspended: {
    name: 'Generator',
    edges: [
      ['internal', 'function', 'body'],
      ['internal', 'context', 'scope'],
    ],
  },
  body: { type: 'closure', name: '' },
  scope: {
    name: 'system / Context',
    edges: [
      ['context', 'cache', 'cache'],
      ['internal', 'previous', 'realm'],
    ],
  },
  cache: { name: 'Map' },
  realm: { type: 'hidden', name: 'system / NativeContext' },
};

describe('ES modules', () => {
  it("are roots where a job of the loader has them; Node's own, and those that only weak references reach, are none", () => {
    expect(heapOf(ES).roots).toEqual(['global global global', 'module /srv/the app/store.mjs?v=1 wrap']);
  });

  it('show their variables and their own exports first, one step away; what else they lead to is looked for elsewhere', () => {
    const shown = heapOf(ES).shown('wrap');
    expect(shown.slice(0, 3)).toEqual(['variable cache cache', '<part> realm', 'export rows rows']);
    expect(shown).toEqual(expect.arrayContaining(['<part> url', '<part> prototype', '<part> body', '<part> imported']));
    expect(shown.join()).not.toContain('foreign ');
  });

  it('are known to be alive, and to be what programs are held with', () => {
    const { graph } = heapOf(ES);
    const [, { node }] = graph.roots;
    expect(graph.language.status(graph, node).status).toBe('alive');
    expect(graph.language.role(graph, node)).toBe('runtime');
  });

  it('whose parts are damaged lead to nothing', () => {
    const bare: Named = {
      ...ES,
      record: {
        type: 'hidden',
        name: 'system / SourceTextModule',
        edges: [
          ['hidden', 4, 'scope'],
          ['hidden', 0, 'own'],
        ],
      },
    };
    expect(heapOf(bare).shown('wrap')).toEqual(expect.arrayContaining(['<part> record', '<part> scope']));
    expect(heapOf({ ...ES, wrap: { name: 'ModuleWrap' } }).roots).toEqual(['global global global']);
  });
});

/** As Node 24 shows \`const sessions = …; exports.handle = …\`: the class of modules hides behind a method of theirs. */
const COMMONJS: Named = {
  root: ROOT,
  global: {
    name: 'global',
    edges: [
      ['property', 'kept', 'closure'],
      ['property', 'removed', 'removed'],
    ],
  },
  module: {
    name: 'Module',
    edges: [
      ['property', 'exports', 'exports'],
      ['property', 'filename', 'file'],
      ['property', '__proto__', 'prototype'],
    ],
  },
  removed: {
    name: 'Module',
    edges: [
      ['property', 'filename', 'file'],
      ['property', '__proto__', 'prototype'],
    ],
  },
  namespace: { name: 'Module' },
  file: { type: 'string', name: '/srv/store.js' },
  exports: { name: 'Object', edges: [['property', 'handle', 'closure']] },
  prototype: { name: 'Object', edges: [['property', 'load', 'load']] },
  load: { type: 'closure', name: '', edges: [['internal', 'context', 'loaderScope']] },
  loaderScope: { name: 'system / Context', edges: [['context', 'Module', 'class']] },
  class: { type: 'closure', name: 'Module', edges: [['property', '_cache', 'cache']] },
  cache: {
    name: 'Object',
    edges: [
      ['property', '/srv/store.js', 'module'],
      ['property', 'no module', 'exports'],
    ],
  },
  closure: {
    type: 'closure',
    name: 'handle',
    edges: [
      ['internal', 'shared', 'shared'],
      ['internal', 'context', 'inner'],
    ],
  },
  shared: { type: 'code', name: 'handle', edges: [['internal', 'script', 'script']] },
  script: { type: 'code', name: '/srv/store.js', edges: [['internal', 'name', 'file']] },
  inner: {
    name: 'system / Context',
    edges: [
      ['context', 'id', 'exports'],
      ['internal', 'previous', 'scope'],
    ],
  },
  scope: {
    name: 'system / Context',
    edges: [
      ['context', 'sessions', 'sessions'],
      ['context', 'require', 'load'],
    ],
  },
  sessions: { name: 'Map' },
};

describe('CommonJS modules', () => {
  it('are roots where they are in the table of all modules', () => {
    expect(heapOf(COMMONJS).roots).toEqual(['global global global', 'module /srv/store.js module']);
  });

  it('show the variables of their file, in whose scope all its functions end', () => {
    expect(heapOf(COMMONJS).shown('module')).toEqual([
      'variable sessions sessions',
      '<part> load',
      '.exports exports',
      '.filename file',
      '<part> prototype',
    ]);
  });

  it('show none where the functions of the file end in several scopes, or one sees no variables', () => {
    const second = {
      type: 'closure',
      name: 'other',
      edges: [
        ['internal', 'shared', 'shared'],
        ['internal', 'context', 'loaderScope'],
      ],
    } as const;
    expect(heapOf({ ...COMMONJS, second }).shown('module')[0]).toBe('.exports exports');
    const alone = { ...second, edges: second.edges.slice(0, 1) };
    expect(heapOf({ ...COMMONJS, alone }).shown('module')[0]).toBe('.exports exports');
    // The file itself, while it runs.
    expect(heapOf({ ...COMMONJS, alone: { ...alone, name: '' } }).shown('module')[0]).toBe('variable sessions sessions');
  });

  it('are none in a heap where an object of the program only has their name', () => {
    const { roots } = heapOf({
      root: ROOT,
      global: { name: 'Window / ://', edges: [['property', 'm', 'module']] },
      module: { name: 'Module', edges: [['property', '__proto__', 'module']] },
    });
    expect(roots).toEqual(['global Window global']);
  });
});

describe('global objects', () => {
  it.each([
    ['global / ', 'global'],
    ['global (global*)', 'global'],
    ['Window / ://', 'Window'],
    ['Window [JSGlobalObject] / ://', 'Window'],
    ['Window (global*) / http://example.org', 'Window / http://example.org'],
  ])('are named without what V8 puts behind: %s', (name, shown) => {
    expect(heapOf({ root: ROOT, global: { name, edges: [['property', 'self', 'global']] } }).roots).toEqual([`global ${shown} global`]);
  });
});
