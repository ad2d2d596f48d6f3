import { dataUrlBytes } from './data-url.ts';
import { LineLengths } from './line-lengths.ts';
import { filePath, isFileLocation, resolveLocation } from './locations.ts';
import { mappingUrlOf } from './mapping-url.ts';
import { readMap } from './read-map.ts';
import { ScriptMap } from './script-map.ts';
import type { SourceFiles } from './source-files.ts';

/** A script as far as its places can be looked up. */
export interface OpenScript {
  readonly lines: LineLengths;
  /** Undefined for a script that names no map: what runs is what was written. */
  readonly map: ScriptMap | undefined;
  /** Where the names in the map begin. */
  readonly mapLocation: string;
}

/** Reads a script and the map that it names. Or why that cannot be. */
export function openScript(location: string, files: SourceFiles, mostMappings: number): OpenScript | { readonly why: string } {
  const script = files.read(location);
  if ('missing' in script) return { why: `the script cannot be read (${script.missing})` };
  const lines = new LineLengths(script.bytes);
  const base = filePath(location);
  const url = mappingUrlOf(script.bytes);
  if (url === undefined) return { lines, map: undefined, mapLocation: base };
  const isInline = /^data:/i.test(url);
  const mapLocation = isInline ? base : resolveLocation(url, base);
  const bytes = isInline ? dataUrlBytes(url) : mapBytes(mapLocation, files);
  if (bytes === undefined) return { why: 'the source map inside is broken: its encoding' };
  if (!(bytes instanceof Uint8Array)) return { why: `the source map cannot be read (${bytes.missing})` };
  const read = readMap(bytes);
  if ('broken' in read) return { why: `the source map is broken: ${read.broken}` };
  const map = new ScriptMap(read.sections);
  if (map.weight > mostMappings)
    return { why: `the source map is too large (${map.weight} mappings, and at most ${mostMappings} are followed)` };
  return { lines, map, mapLocation };
}

function mapBytes(location: string, files: SourceFiles): Uint8Array | { readonly missing: string } {
  if (!isFileLocation(location)) return { missing: 'not a file' };
  const file = files.read(location);
  return 'missing' in file ? file : file.bytes;
}
