/** What one folder may import. Whatever is not listed is forbidden. */
export interface ImportRule {
  /** Folder, or one file; the longest that fits a file is its rule. */
  readonly from: string;
  /** Folders or files of this repository, besides the folder itself. */
  readonly may: readonly string[];
  /** Packages from outside. `node:` stands for Node's own modules. */
  readonly packages: readonly string[];
  /** Pure folders touch no file, clock, console or process, so that they run in a browser and give the same answer twice. */
  readonly pure?: boolean;
}

const CORE = 'packages/core/src';
const CORE_INDEX = `${CORE}/index.ts`;

/** Inside core each layer may import those above it in this list, never those below. */
export const CORE_LAYERS = ['graph', 'series', 'formats', 'evidence', 'patterns', 'report', 'query'] as const;

/** What a layer does not import although it stands above: evidence and all after it see a graph and a Language, never a file format. */
const FORMATS_ARE_SEEN_BY_NOBODY_BUT = new Set<string>(['query']);

export const IMPORT_RULES: readonly ImportRule[] = [
  ...CORE_LAYERS.map((layer, at) => ({
    from: `${CORE}/${layer}`,
    may: CORE_LAYERS.slice(0, at)
      .filter((above) => above !== 'formats' || FORMATS_ARE_SEEN_BY_NOBODY_BUT.has(layer))
      .map((above) => `${CORE}/${above}`),
    packages: layer === 'report' ? ['zod'] : [],
    pure: true,
  })),
  {
    from: `${CORE}/formats/source-maps`,
    may: [`${CORE}/graph`, `${CORE}/formats/json`, `${CORE}/formats/byte-source.ts`, `${CORE}/formats/heap-file-error.ts`],
    packages: ['@jridgewell/trace-mapping'],
    pure: true,
  },
  { from: CORE_INDEX, may: CORE_LAYERS.map((layer) => `${CORE}/${layer}`), packages: [], pure: true },
  { from: 'packages/reporters', may: [CORE_INDEX], packages: ['@hpcc-js/wasm-graphviz'] },
  { from: 'packages/capture', may: [CORE_INDEX], packages: ['node:'] },
  {
    from: 'packages/cli',
    may: [CORE_INDEX, 'packages/capture/src/index.ts', 'packages/reporters/src/index.ts'],
    packages: ['node:', 'commander', 'tsx'],
  },
  // Nothing of ours and nothing of others: the toolkit ships alone, and runs in browsers.
  { from: 'packages/toolkit', may: [], packages: [] },
  {
    from: 'tools',
    may: ['packages'],
    packages: ['node:', 'typescript', 'zod', 'heap-snapshot-toolkit', 'playwright-core', 'vitest', 'esbuild'],
  },
  {
    from: 'tools/toolkit/browser-tests',
    may: ['tools', 'packages/toolkit'],
    packages: ['node:', 'esbuild', 'playwright-core', 'vitest', '@vitest/expect', '@vitest/pretty-format'],
  },
  { from: 'exhibits', may: ['packages', 'tools'], packages: ['node:'] },
  { from: 'bench/toolkit', may: ['packages', 'tools'], packages: ['node:', 'tarn', 'generic-pool', 'flatted', 'devalue', 'esbuild'] },
  { from: 'bench', may: ['packages', 'exhibits', 'tools'], packages: ['node:'] },
  { from: 'vitest.config.ts', may: ['tools/toolkit'], packages: ['vitest'] },
  { from: 'vitest.slow.config.ts', may: ['tools/toolkit'], packages: ['vitest'] },
];

/**
 * Imports that break the table and are known. Each says why it is there and what ends it; an entry that is no longer needed
 * fails the check, so that the list only gets shorter.
 */
export const DEBTS: readonly ImportDebt[] = [];

export interface ImportDebt {
  readonly file: string;
  readonly imports: string;
  readonly why: string;
}
