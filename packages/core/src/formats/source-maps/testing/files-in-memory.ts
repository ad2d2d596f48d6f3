import type { SourceFiles } from '../source-files.ts';

/** Files by their location, and a list of what was asked for. */
export function filesInMemory(files: Readonly<Record<string, string>>): SourceFiles & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    asked,
    read(location) {
      asked.push(location);
      const text = files[location];
      return text === undefined ? { missing: 'no such file' } : { bytes: new TextEncoder().encode(text) };
    },
  };
}
