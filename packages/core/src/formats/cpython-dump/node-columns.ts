import type { AllocationSites, NodeTexts, NodeValues, SiteFrame } from '../../graph/heap-graph.ts';
import type { AddressIndex } from './address-index.ts';
import type { CodeTable } from './code-table.ts';
import { HIDDEN_TEXT, type RawDump } from './raw-dump.ts';

/** Texts of key objects, decoded when asked for: a cache of a million keys must not become a million strings. */
export function nodeTexts(dump: RawDump, index: AddressIndex, nodeCount: number): NodeTexts {
  const entryOf = new Uint32Array(nodeCount); // entry + 1, 0 for none
  const blockOf: number[] = [];
  const offsetOf: number[] = [];
  const positionOf: number[] = [];
  dump.texts.forEach((texts, block) => {
    let offset = 0;
    for (let i = 0; i < texts.addresses.length; i++) {
      const node = index.nodeAt(texts.addresses[i]);
      if (node >= 0) {
        blockOf.push(block);
        offsetOf.push(offset);
        positionOf.push(i);
        entryOf[node] = blockOf.length;
      }
      if (texts.lengths[i] !== HIDDEN_TEXT) offset += texts.lengths[i];
    }
  });
  const decoder = new TextDecoder();
  return {
    text(node) {
      const entry = entryOf[node] - 1;
      if (entry < 0) return undefined;
      const texts = dump.texts[blockOf[entry]];
      const length = texts.lengths[positionOf[entry]];
      if (length === HIDDEN_TEXT) return `[str#${texts.hashes[positionOf[entry]].toString(16).padStart(8, '0')}]`;
      return decoder.decode(texts.bytes.subarray(offsetOf[entry], offsetOf[entry] + length));
    },
  };
}

export function nodeValues(dump: RawDump, index: AddressIndex): NodeValues {
  const valueByNode = new Map<number, number | boolean>();
  for (const block of dump.values) {
    for (let i = 0; i < block.addresses.length; i++) {
      const node = index.nodeAt(block.addresses[i]);
      if (node >= 0) valueByNode.set(node, block.kind === 3 ? block.values[i] !== 0 : block.values[i]);
    }
  }
  return { value: (node) => valueByNode.get(node) };
}

export function allocationSites(dump: RawDump, index: AddressIndex, nodeCount: number, code: CodeTable): AllocationSites {
  const siteOf = new Int32Array(dump.sited.length === 0 ? 0 : nodeCount).fill(-1);
  for (const block of dump.sited) {
    for (let i = 0; i < block.addresses.length; i++) {
      const node = index.nodeAt(block.addresses[i]);
      if (node >= 0) siteOf[node] = block.sites[i]!;
    }
  }
  const framesBySite = new Map<number, readonly SiteFrame[]>();
  return {
    traced: dump.head?.tracing?.on === true,
    siteCount: dump.sites.length,
    siteOf: (node) => siteOf[node] ?? -1,
    frames(site) {
      let frames = framesBySite.get(site);
      if (frames === undefined) {
        frames = (dump.sites[site] ?? []).map((frame) => {
          const [file, line] = dump.siteFrames[frame];
          return { function: code.functionAt(file, line), file, line };
        });
        framesBySite.set(site, frames);
      }
      return frames;
    },
  };
}
