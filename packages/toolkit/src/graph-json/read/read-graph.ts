import type { GraphSettings } from '../settings.ts';
import { completeAll } from './complete.ts';
import { envelopeOf } from './envelope.ts';
import { fillSlots } from './fill.ts';
import { parseJson } from './parse-json.ts';
import { resolveRefs } from './resolve-refs.ts';
import { GraphScan } from './scan.ts';

/** Text to graph: JSON, a walk that checks and finds, references to targets, values into places, contents in order of need. */
export function readGraph(text: string, settings: GraphSettings): unknown {
  const envelope = envelopeOf(parseJson(text, settings.limits));
  const scan = new GraphScan(envelope, settings);
  scan.run();
  resolveRefs(envelope, scan);
  fillSlots(scan);
  completeAll(scan.specials);
  return envelope.value;
}
