export { treemap, type Treemap, type TreemapCell, type TreemapLimits, type TreemapRest, type TreemapRestType } from './treemap.ts';
