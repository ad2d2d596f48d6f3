import type { GraphView } from '@heaptrail/core';
import { renderDot } from '../dot/render-dot.ts';

/** A reference graph as an SVG picture, laid out by Graphviz (compiled to WebAssembly: nothing needs to be installed). */
export async function renderSvg(graph: GraphView): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  return (await Graphviz.load()).layout(renderDot(graph), 'svg', 'dot');
}
