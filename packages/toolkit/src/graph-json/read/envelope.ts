import { GraphFormatError } from '../errors.ts';
import { GRAPH_VERSION } from '../format.ts';
import { isContainer, type RawContainer, type RawObject } from './raw-json.ts';

export interface Envelope extends RawObject {
  $graph: number;
  value: unknown;
  parts?: RawContainer[];
}

export function envelopeOf(json: unknown): Envelope {
  if (!isContainer(json) || Array.isArray(json) || !Object.hasOwn(json, '$graph'))
    throw new GraphFormatError('The text should be a graph, {"$graph":1,"value":…}, and is other JSON. Read it with JSON.parse.');
  if (json.$graph !== GRAPH_VERSION)
    throw new GraphFormatError(
      `The graph should be of version ${GRAPH_VERSION}, found ${JSON.stringify(json.$graph)?.slice(0, 40)}. Read it with the release that wrote it, or a newer one.`,
    );
  for (const key of Object.keys(json))
    if (key !== '$graph' && key !== 'value' && key !== 'parts')
      throw new GraphFormatError(`The graph's envelope has $graph, value and parts; found "${shorten(key)}".`);
  if (!Object.hasOwn(json, 'value')) throw new GraphFormatError('The graph has no value.');
  if (Object.hasOwn(json, 'parts')) checkParts(json.parts);
  return json as Envelope;
}

function checkParts(parts: unknown): void {
  if (!Array.isArray(parts) || parts.length === 0)
    throw new GraphFormatError('The parts of a graph should be an array with at least one, or not be there.');
  const primitive = parts.findIndex((part) => !isContainer(part));
  if (primitive !== -1) throw new GraphFormatError(`Each part of a graph should be an object or array; /parts/${primitive} is not.`);
}

/** What others wrote, in a message. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
