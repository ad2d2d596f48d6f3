import { decodedMappings, TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import { firstPlace } from '../../graph/bisection.ts';
import type { MapSection } from './read-map.ts';

/** Where a place of compiled code was written. */
export interface OriginalPlace {
  /** As the map names it, not yet resolved; empty when it gives no name. */
  readonly source: string;
  /** From 1 on. */
  readonly line: number;
  readonly column: number;
  /** The name of the function that the place belongs to, where the map has it. */
  readonly function: string | undefined;
}

/**
 * The map of one script, to look places up. Sections are decoded when a place in them is first asked for, some 90 bytes a
 * mapping: see `weight`.
 */
export class ScriptMap {
  readonly #sections: readonly MapSection[];
  readonly #decoded: (TraceMap | undefined)[];
  /** How many mappings and lines the map has, counted without decoding it. */
  readonly weight: number;
  /** How many files went into the script. */
  readonly sourceCount: number;

  constructor(sections: readonly MapSection[]) {
    this.#sections = sections;
    this.#decoded = new Array<TraceMap | undefined>(sections.length);
    this.sourceCount = sections.reduce((sum, { sources }) => sum + sources.length, 0);
    this.weight = sections.reduce((sum, { mappings }) => sum + countMappings(mappings), 0);
  }

  /**
   * @param line from 1 on
   * @param column from 1 on, or undefined: then the line is looked up only if all of it comes from one line
   * @param name of the function in the compiled code, which begins right after it: `function` and `column` of a V8 frame
   */
  find(line: number, column: number | undefined, name: string): OriginalPlace | undefined {
    const at = this.#sectionAt(line - 1, column === undefined ? Infinity : column - 1);
    if (at < 0) return undefined;
    const section = this.#sections[at];
    const map = this.#decode(at);
    const innerLine = line - 1 - section.line;
    if (column === undefined) return wholeLine(map, innerLine, section);
    const innerColumn = column - 1 - (innerLine === 0 ? section.column : 0);
    const segment = traceSegment(map, innerLine, innerColumn);
    if (segment === null) return undefined;
    const isNameBefore = innerColumn - segment[0] === name.length;
    return placeOf(segment, section, isNameBefore);
  }

  /** The last section that begins at or before a place. */
  #sectionAt(line: number, column: number): number {
    const beginsBefore = (at: number): boolean => {
      const { line: startLine, column: startColumn } = this.#sections[at];
      return startLine < line || (startLine === line && startColumn <= column);
    };
    return firstPlace(0, this.#sections.length, beginsBefore) - 1;
  }

  #decode(at: number): TraceMap {
    // Sources and names are looked up here: the library would resolve every one of them.
    const known = this.#decoded[at];
    if (known !== undefined) return known;
    const map = new TraceMap({ version: 3, sources: [], names: [], mappings: this.#sections[at].mappings });
    this.#decoded[at] = map;
    return map;
  }
}

type Segment = NonNullable<ReturnType<typeof traceSegment>>;

/** Undefined for code that comes from no source, and for numbers that are out of all range. */
function placeOf(segment: Segment, { sources, names }: MapSection, withName: boolean): OriginalPlace | undefined {
  if (segment.length === 1) return undefined;
  const source = sources[segment[1]];
  const line = segment[2] + 1;
  const column = segment[3] + 1;
  if (source === undefined || !(line > 0) || !(column > 0)) return undefined;
  return { source, line, column, function: withName && segment.length === 5 ? names[segment[4]] : undefined };
}

/** The one line that all of a compiled line comes from. */
function wholeLine(map: TraceMap, line: number, section: MapSection): OriginalPlace | undefined {
  const segments = decodedMappings(map)[line] ?? [];
  const first = segments.find((segment) => segment.length > 1);
  if (first === undefined) return undefined;
  const isOneLine = segments.every((segment) => segment.length === 1 || (segment[1] === first[1] && segment[2] === first[2]));
  return isOneLine ? placeOf(first, section, false) : undefined;
}

function countMappings(mappings: string): number {
  let count = 1;
  for (let at = 0; at < mappings.length; at++) {
    const code = mappings.charCodeAt(at);
    if (code === 0x2c || code === 0x3b) count++;
  }
  return count;
}
