import type { GraphEdgeView, GraphNodeView, GraphView } from '@heaptrail/core';
import { formatBytes } from '../bytes.ts';
import { escapeControls } from '../escape-controls.ts';

/** Colours that are told apart on white, also by most of the colour-blind (Okabe and Ito 2008); cycles take them in turn. */
const CYCLE_COLOURS = ['#d55e00', '#0072b2', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;
const TEXT_LONGEST = 40;

/** A reference graph in Graphviz's language: cycles coloured, what was asked for in bold, references that hold nothing dashed. */
export function renderDot(graph: GraphView): string {
  const asked = new Set(graph.asked);
  const lines = [
    'digraph heap {',
    '  rankdir=LR;',
    '  node [shape=box, style="rounded,filled", fillcolor="#f7f7f7", color="#999999", fontname="Helvetica", fontsize=10];',
    '  edge [color="#666666", fontname="Helvetica", fontsize=9];',
    ...graph.nodes.map((node) => `  ${quote(node.object.handle)} [${nodeAttributes(node, asked.has(node.object.handle)).join(', ')}];`),
    ...graph.edges.map((edge) => `  ${quote(edge.from)} -> ${quote(edge.to)} [${edgeAttributes(edge).join(', ')}];`),
  ];
  if (graph.leftOut > 0) lines.push(`  cut [shape=plaintext, style="", label=${quote(`${graph.leftOut} more objects are left out`)}];`);
  return `${lines.join('\n')}\n}\n`;
}

function nodeAttributes({ object, cycle, hiddenReferents, hiddenReferrers }: GraphNodeView, isAsked: boolean): string[] {
  const { type, text, handle, retainedBytes } = object;
  const name = text === null ? type : `${type} "${text.length > TEXT_LONGEST ? `${text.slice(0, TEXT_LONGEST)}…` : text}"`;
  const hidden = [hiddenReferrers > 0 ? `${hiddenReferrers} more → it` : '', hiddenReferents > 0 ? `it → ${hiddenReferents} more` : ''];
  const lines = [name, `${handle}, retains ${formatBytes(retainedBytes)}`, ...hidden.filter((line) => line !== '')];
  const attributes = [`label=${quote(lines.join('\n'))}`];
  if (cycle !== null) attributes.push(`color=${quote(colourOf(cycle))}`, 'penwidth=2');
  if (isAsked) attributes.push('fontname="Helvetica-Bold"', 'fillcolor="#fff3c4"');
  return attributes;
}

function edgeAttributes({ label, holds, cycle }: GraphEdgeView): string[] {
  const attributes = [`label=${quote(label)}`];
  if (!holds) attributes.push('style=dashed');
  if (cycle !== null) attributes.push(`color=${quote(colourOf(cycle))}`, 'penwidth=2');
  return attributes;
}

function colourOf(cycle: number): string {
  return CYCLE_COLOURS[(cycle - 1) % CYCLE_COLOURS.length] ?? CYCLE_COLOURS[0];
}

/** A quoted string of DOT; line feeds break lines, everything else that is no letter is kept from being one. */
function quote(text: string): string {
  const lines = text.split('\n').map((line) => escapeControls(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return `"${lines.join('\\n')}"`;
}
