export { withOriginalLines } from './map-graph.ts';
export { withOriginalFrames } from './map-profile.ts';
export { withOriginalSites } from './map-sites.ts';
export type { SourceFile, SourceFiles } from './source-files.ts';
export { SourceMaps } from './source-maps.ts';
