import { describe, expect, it } from 'vitest';
import { dominators } from './dominators/index.ts';
import { moduleHolders } from './module-holders.ts';
import { parseGraph } from './text-notation.ts';

/** Names of what is found, by a graph in which `top` is what the roots hold. */
function namesOf(text: string, names: readonly string[]): { readonly loaders: string[]; readonly between: string[] } {
  const { graph, node } = parseGraph(text);
  // Modules as JavaScript has them: known as such, and held by a loader alone.
  const anchors = { ...graph.anchors, first: Uint32Array.of(node('top')), second: new Uint32Array() };
  const tree = dominators({ ...graph, anchors });
  const { loaders, between } = moduleHolders(graph, tree);
  const named = (found: ReadonlySet<number>): string[] => names.filter((name) => found.has(tree.number[node(name)]));
  return { loaders: named(loaders), between: named(between) };
}

describe('what explains nothing of what modules keep', () => {
  it('is the loader above them, and what the program keeps itself is not', () => {
    const text = `
      module app = app
      module store = store
      top .loader loader
      loader .table table
      table [app] app
      table [store] store
      store .cache cache
      top .own own`;
    expect(namesOf(text, ['top', 'loader', 'table', 'app', 'store', 'cache', 'own'])).toEqual({
      loaders: ['top', 'loader', 'table'],
      between: [],
    });
  });

  it('is not a table of the program in which it keeps modules', () => {
    const text = `
      module app = app
      module plugin = plugin
      top .loader loader
      loader .app app
      app .plugins plugins
      plugins [one] plugin`;
    expect(namesOf(text, ['loader', 'plugins', 'plugin']).loaders).toEqual(['loader']);
  });

  it('is nothing where modules are held by nothing else', () => {
    const { graph } = parseGraph(`
      module app = app
      app .cache cache`);
    const { loaders, between } = moduleHolders(graph, dominators(graph));
    expect([loaders.size, between.size]).toEqual([0, 0]);
  });
});
