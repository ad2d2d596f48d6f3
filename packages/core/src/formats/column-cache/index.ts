export { CACHE_VERSION } from './cache-head.ts';
export type { CacheKey } from './cache-key.ts';
export { jsonSection, type Column, type Section } from './column.ts';
export type { Checksum } from './pieces.ts';
export { readSections, Sections } from './read-sections.ts';
export { addSections, sectionBytes, writeSections, type ByteSink } from './write-sections.ts';
export { graphSections, restoreGraph, type GraphColumns } from './graph-sections.ts';
export { dominatorSections, restoreDominators } from './dominator-sections.ts';
