import { MAX_OPERAND } from '../../graph/edge-label.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { noProgress, type Progress } from '../../graph/progress.ts';
import { bytesInMemory, type ByteSource } from '../byte-source.ts';
import { AddressIndex } from './address-index.ts';
import type { Damage, Inflate } from './block-reader.ts';
import { DumpContents } from './dump-contents.ts';
import { HeapDumpError } from './dump-error.ts';
import { graphOf } from './dump-graph.ts';
import { surveyDump, type DumpSurvey } from './dump-survey.ts';
import type { DumpHead } from './raw-dump.ts';
import { readContents } from './read-contents.ts';

export interface LoadedDump {
  readonly graph: HeapGraph;
  readonly head: DumpHead;
  /** False when the file was cut off, or its writer had to leave something out. */
  readonly whole: boolean;
}

/**
 * Reads a CPython heap dump (`protocol/heap-dump.md`) into a graph. Throws HeapDumpError for a file that is no dump; a
 * damaged one loads up to the damage, without native roots, and says so in `graph.gaps`. Linear in the file, which is read
 * twice: first where objects are, then what they refer to.
 */
export function loadDump(file: Uint8Array, inflate: Inflate): LoadedDump {
  return readDump(bytesInMemory(file), inflate, noProgress);
}

/** As `loadDump`, for a file that need not be in memory. */
export function readDump(source: ByteSource, inflate: Inflate, progress: Progress): LoadedDump {
  let found: Damage | undefined;
  // Damage that only the second pass can see makes it begin again, once.
  for (const told of [progress, noProgress]) {
    const survey = surveyDump(source, inflate, told, found);
    const index = indexOf(survey);
    const contents = readContents(source, inflate, survey, index, told);
    if (contents instanceof DumpContents) {
      if (contents.objects.length !== index.nodeCount) break;
      return {
        graph: graphOf(survey, index, contents),
        head: survey.head,
        whole: survey.damage === undefined && survey.end?.complete === true,
      };
    }
    found = contents;
  }
  throw new HeapDumpError('HEAPTRAIL_DUMP_CHANGED', 'the heap dump changed while it was read: read it again when it is whole');
}

function indexOf({ addresses, referenceCount }: DumpSurvey): AddressIndex {
  if (addresses.length > MAX_OPERAND || referenceCount > 2 ** 32 - 1) {
    throw new HeapDumpError(
      'HEAPTRAIL_DUMP_TOO_LARGE',
      `the heap dump holds ${addresses.length} objects and ${referenceCount} references: at most ${MAX_OPERAND} and ${2 ** 32 - 1} can be read; dump a smaller process`,
    );
  }
  const index = new AddressIndex(addresses);
  addresses.clear();
  return index;
}
