import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

const PLACE = /(file:\/\/\S+?\.mjs):(\d+):(\d+)/g;

/**
 * A stack with the lines that were written, where it names those of a bundle. Read when there is a stack to show, and not before: to have
 * Node do it costs every start.
 */
export function originalStack(stack: string): string {
  const mapByUrl = new Map<string, SourceMap | undefined>();
  return stack.replace(PLACE, (place: string, url: string, line: string, column: string) => {
    if (!mapByUrl.has(url)) mapByUrl.set(url, mapOf(url));
    const found = mapByUrl.get(url)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (found === undefined || !('originalSource' in found)) return place;
    return `${new URL(found.originalSource, url).href}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  });
}

function mapOf(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(`${url}.map`), 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
