import type { SiteFrame } from '../../graph/heap-graph.ts';
import { isFileLocation, readableFile, resolveLocation } from './locations.ts';
import { openScript, type OpenScript } from './open-script.ts';
import { ReasonsByScript } from './reasons-by-script.ts';
import type { SourceFiles } from './source-files.ts';

/** Decoded, so many take some 350 MB (measured with trace-mapping 0.3.31). */
const MOST_MAPPINGS = 2 ** 22;

/**
 * From lines of compiled code to the lines somebody wrote, by the maps that scripts name. A script is read when the first
 * place in it is looked up; of the maps that were decoded, those used last stay, within a bound. What cannot
 * be mapped stays as it is, and `notes` says why.
 */
export class SourceMaps {
  readonly #files: SourceFiles;
  readonly #mostMappings: number;
  /** The one used last comes last. */
  readonly #open = new Map<string, OpenScript>();
  #openWeight = 0;
  readonly #failed = new Set<string>();
  readonly #reasons = new ReasonsByScript();

  /** @param mostMappings in memory at a time, and followed of one map */
  constructor(files: SourceFiles, mostMappings = MOST_MAPPINGS) {
    this.#files = files;
    this.#mostMappings = mostMappings;
  }

  /** The frame as its author would name it. Where nothing is known, the same place in a file with a readable name. */
  original(frame: SiteFrame): SiteFrame {
    const script = frame.line > 0 && isFileLocation(frame.file) ? this.#script(frame.file) : undefined;
    if (script === undefined) return readable(frame);
    if (!script.lines.has(frame.line, frame.column)) {
      this.#reasons.add(readableFile(frame.file), OTHER_TEXT);
      return readable(frame);
    }
    // The code outside all functions begins where a bundle begins, and belongs to all of its files alike.
    if (frame.line === 1 && frame.column === 1 && (script.map?.sourceCount ?? 0) > 1) return readable(frame);
    const place = script.map?.find(frame.line, frame.column, frame.function);
    if (place === undefined || place.source === '') return readable(frame);
    return {
      function: place.function ?? frame.function,
      file: readableFile(resolveLocation(place.source, script.mapLocation)),
      line: place.line,
      column: place.column,
    };
  }

  /** Why lines stayed those of compiled code: a sentence for each cause, with the scripts it concerns. */
  notes(): readonly string[] {
    return this.#reasons.sentences();
  }

  #script(location: string): OpenScript | undefined {
    if (this.#failed.has(location)) return undefined;
    const known = this.#open.get(location);
    if (known !== undefined) {
      this.#open.delete(location);
      this.#open.set(location, known);
      return known;
    }
    const script = openScript(location, this.#files, this.#mostMappings);
    if ('why' in script) {
      this.#failed.add(location);
      this.#reasons.add(readableFile(location), script.why);
      return undefined;
    }
    this.#open.set(location, script);
    this.#openWeight += weightOf(script);
    this.#closeOldest();
    return script;
  }

  #closeOldest(): void {
    for (const [location, script] of this.#open) {
      if (this.#openWeight <= this.#mostMappings || this.#open.size === 1) return;
      this.#open.delete(location);
      this.#openWeight -= weightOf(script);
    }
  }
}

const OTHER_TEXT = 'the file is not the text that ran (it was compiled while it was loaded, as tsx and ts-node do, or it changed since)';

function weightOf({ lines, map }: OpenScript): number {
  return lines.count + (map?.weight ?? 0);
}

function readable(frame: SiteFrame): SiteFrame {
  const file = readableFile(frame.file);
  return file === frame.file ? frame : { ...frame, file };
}
