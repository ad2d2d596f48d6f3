import { bytesInMemory } from '../byte-source.ts';
import { HeapFileError } from '../heap-file-error.ts';
import { JsonTokens } from '../json/json-tokens.ts';

/** One map, as it holds from a place of the generated script on. */
export interface MapSection {
  /** From 0 on, as maps count. */
  readonly line: number;
  readonly column: number;
  /** With the root of the map before them, not yet resolved. */
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** Base 64 VLQ, as it stands in the file. */
  readonly mappings: string;
}

/** Sections in rising order of their places; a plain map is one section. */
export type ReadMap = { readonly sections: readonly MapSection[] } | { readonly broken: string };

/** Offsets are lines and columns of scripts that exist. */
const LARGEST_OFFSET = 2 ** 31;

/**
 * A source map, or an index map whose sections hold maps. Takes memory for what is needed of it: the texts of the sources,
 * most of a map, are gone past. Servers may put a line `)]}'` before it.
 */
export function readMap(bytes: Uint8Array): ReadMap {
  const isGuarded = bytes[0] === 0x29;
  const tokens = new JsonTokens(bytesInMemory(isGuarded ? bytes.subarray(bytes.indexOf(0x0a) + 1) : bytes));
  try {
    expect(tokens, 'object', 'the map');
    const sections = readObject(tokens, { line: 0, column: 0 }, true);
    tokens.next();
    return { sections: sections.sort((a, b) => a.line - b.line || a.column - b.column) };
  } catch (error) {
    if (error instanceof MapBroken) return { broken: error.message };
    if (error instanceof HeapFileError) return { broken: 'it is not valid JSON' };
    throw error;
  }
}

/** Leaves the reading of a map; its message is what `ReadMap` says. */
class MapBroken extends Error {}

interface Offset {
  readonly line: number;
  readonly column: number;
}

function readObject(tokens: JsonTokens, offset: Offset, mayHaveSections: boolean): MapSection[] {
  let sources: readonly string[] = [];
  let names: readonly string[] = [];
  let sourceRoot = '';
  let mappings: string | undefined;
  let sections: MapSection[] | undefined;
  while (tokens.next() === 'key') {
    const field = tokens.text();
    if (field === 'sources') sources = readTexts(tokens, field);
    else if (field === 'names') names = readTexts(tokens, field);
    else if (field === 'mappings') {
      expect(tokens, 'text', '"mappings"');
      mappings = tokens.text();
    } else if (field === 'sourceRoot') sourceRoot = readOptionalText(tokens);
    else if (field === 'sections') {
      if (!mayHaveSections) throw new MapBroken('a section of it has sections of its own');
      sections = readSections(tokens);
    } else tokens.skip('key');
  }
  if (sections !== undefined) return sections;
  if (mappings === undefined) throw new MapBroken('it has no mappings');
  const root = sourceRoot === '' ? '' : `${sourceRoot.replace(/\/$/, '')}/`;
  return [{ ...offset, sources: sources.map((source) => root + source), names, mappings }];
}

function readSections(tokens: JsonTokens): MapSection[] {
  const sections: MapSection[] = [];
  expect(tokens, 'list', '"sections"');
  for (let token = tokens.next(); token !== 'end'; token = tokens.next()) {
    if (token !== 'object') throw new MapBroken('a section of it is no object');
    let offset: Offset = { line: 0, column: 0 };
    let maps: MapSection[] = [];
    while (tokens.next() === 'key') {
      const field = tokens.text();
      if (field === 'offset') offset = readOffset(tokens);
      else if (field === 'map') {
        expect(tokens, 'object', 'the map of a section');
        maps = readObject(tokens, { line: 0, column: 0 }, false);
      } else tokens.skip('key');
    }
    for (const map of maps) sections.push({ ...map, ...offset });
  }
  return sections;
}

function readOffset(tokens: JsonTokens): Offset {
  const offset = { line: 0, column: 0 };
  expect(tokens, 'object', 'the offset of a section');
  while (tokens.next() === 'key') {
    const field = tokens.text();
    if (field !== 'line' && field !== 'column') {
      tokens.skip('key');
      continue;
    }
    expect(tokens, 'number', 'the offset of a section');
    offset[field] = tokens.number();
    if (!(Number.isInteger(offset[field]) && offset[field] >= 0 && offset[field] < LARGEST_OFFSET))
      throw new MapBroken(`a section of it begins at ${field} ${offset[field]}`);
  }
  return offset;
}

/** A list of texts; null, which stands for a source without a name, becomes an empty one. */
function readTexts(tokens: JsonTokens, field: string): readonly string[] {
  const texts: string[] = [];
  expect(tokens, 'list', `"${field}"`);
  for (let token = tokens.next(); token !== 'end'; token = tokens.next()) {
    if (token !== 'text' && token !== 'null') throw new MapBroken(`"${field}" is no list of texts`);
    texts.push(token === 'text' ? tokens.text() : '');
  }
  return texts;
}

function readOptionalText(tokens: JsonTokens): string {
  const token = tokens.next();
  if (token === 'text') return tokens.text();
  tokens.skip(token);
  return '';
}

function expect(tokens: JsonTokens, kind: 'object' | 'list' | 'text' | 'number', what: string): void {
  if (tokens.next() !== kind) throw new MapBroken(`${what} is no ${kind}`);
}
