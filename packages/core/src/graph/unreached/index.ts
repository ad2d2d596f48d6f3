export { unreachedGraph, type UnreachedGraph } from './unreached-graph.ts';
