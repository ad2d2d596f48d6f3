import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { PRIMITIVES } from './primitives.ts';

export interface PrimitiveSize {
  readonly name: string;
  readonly minifiedBytes: number;
  readonly gzipBytes: number;
}

const INDEX = fileURLToPath(new URL('../../../packages/toolkit/src/index.ts', import.meta.url));

/** Each primitive that the toolkit exports, bundled and minified alone from its public index: what a program pays that uses it only. */
export async function measureSizes(): Promise<PrimitiveSize[]> {
  const index = readFileSync(INDEX, 'utf8');
  const sizes: PrimitiveSize[] = [];
  for (const [name, exports] of Object.entries(PRIMITIVES)) {
    if (!exports.every((exported) => new RegExp(`\\b${exported}\\b`).test(index))) continue;
    sizes.push({ name, ...(await sizeOf(`export { ${exports.join(', ')} } from ${JSON.stringify(INDEX)};`)) });
  }
  sizes.push({ name: 'everything', ...(await sizeOf(`export * from ${JSON.stringify(INDEX)};`)) });
  return sizes;
}

async function sizeOf(contents: string): Promise<Omit<PrimitiveSize, 'name'>> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dirname(INDEX), loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  });
  const [{ contents: bytes }] = outputFiles;
  return { minifiedBytes: bytes.length, gzipBytes: gzipSync(bytes, { level: 9 }).length };
}
