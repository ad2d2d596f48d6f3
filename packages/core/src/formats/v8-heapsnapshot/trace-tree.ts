import { GrowingFloat64, GrowingUint32 } from '../../graph/growing-column.ts';
import type { ByteWindow } from './byte-window.ts';
import { CLOSE_LIST, COMMA, OPEN_LIST } from './json-bytes.ts';
import { NumberTokens } from './number-tokens.ts';
import { SnapshotContradictoryError, SnapshotLayoutError } from './snapshot-errors.ts';

/** The caller of a stack that has none. */
export const NO_CALLER = 0xffffffff;

/** Call stacks as a tree: each node is a function called by its parent's. Parents come before their children. */
export interface TraceTree {
  readonly count: number;
  /** What nodes of the heap refer to. */
  readonly id: Float64Array;
  /** Row in the list of functions. */
  readonly functionInfo: Uint32Array;
  /** Place of the caller, or NO_CALLER. */
  readonly caller: Uint32Array;
}

/**
 * Reads `[id, function, count, size, [children…]]`, where the children are such fields one after another. The window stands
 * behind the opening bracket. Iterative: the tree may be as deep as the file is long.
 */
export function readTraceTree(window: ByteWindow, fields: readonly string[], functionCount: number): TraceTree {
  const idField = fields.indexOf('id');
  const functionField = fields.indexOf('function_info_index');
  const childrenField = fields.indexOf('children');
  if (idField < 0 || functionField < 0 || childrenField !== fields.length - 1)
    throw new SnapshotLayoutError(`call stacks need id, function_info_index and, last, children; the file lists ${fields.join(', ')}`);
  const fail = (what: string): SnapshotContradictoryError => new SnapshotContradictoryError(what, window.offset);
  const tokens = new NumberTokens(window, 'trace_tree');
  const id = new GrowingFloat64();
  const functionInfo = new GrowingUint32();
  const caller = new GrowingUint32();
  /** Nodes whose children are being read. */
  const open = new GrowingUint32(64);
  let field = 0;
  for (;;) {
    const byte = tokens.peek();
    if (byte === CLOSE_LIST) {
      if (field !== 0) throw fail(`a call stack ends after ${field} of its ${fields.length} fields`);
      window.lo++;
      if (open.length === 0) break;
      open.pop();
    } else if (field === childrenField) {
      if (byte !== OPEN_LIST) throw fail('a call stack has no list of what it calls');
      window.lo++;
      open.push(id.length - 1);
      field = 0;
      continue;
    } else {
      const number = tokens.number();
      if (field === 0) {
        id.push(0);
        functionInfo.push(0);
        caller.push(open.length === 0 ? NO_CALLER : open.at(open.length - 1));
      }
      if (field === idField) id.set(id.length - 1, number);
      else if (field === functionField) {
        if (number >= functionCount) throw fail(`a call stack names function ${number}, and there are ${functionCount}`);
        functionInfo.set(id.length - 1, number);
      }
      field++;
    }
    const after = tokens.peek();
    if (after === COMMA) window.lo++;
    else if (after !== CLOSE_LIST) throw tokens.foreign(after);
  }
  return { count: id.length, id: id.finish(), functionInfo: functionInfo.finish(), caller: caller.finish() };
}
