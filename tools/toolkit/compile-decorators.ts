import { transform } from 'esbuild';

interface Compiled {
  readonly code: string;
  readonly map: string;
}

/**
 * Plugin for vitest: standard decorators, which neither Node nor vitest's own compiler knows yet, are compiled by esbuild as
 * in everything that is bundled. Only files of the toolkit and its tools, and only those that have any.
 */
export function compileDecorators(): { name: string; enforce: 'pre'; transform(code: string, id: string): Promise<Compiled | null> } {
  return {
    name: 'compile-decorators',
    enforce: 'pre',
    transform: async (code, id) => {
      if (!/toolkit\/.*\.ts$/.test(id) || !/(^|[\s{;])@[a-zA-Z]/m.test(code)) return null;
      return transform(code, { loader: 'ts', target: 'es2022', sourcemap: true, sourcefile: id });
    },
  };
}
