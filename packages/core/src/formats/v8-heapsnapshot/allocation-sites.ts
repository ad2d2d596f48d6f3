import { firstPlace } from '../../graph/bisection.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { AllocationSites, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import { fileOfFunction } from '../javascript/evaluated-code.ts';
import type { ByteWindow } from './byte-window.ts';
import { NumberRows } from './number-rows.ts';
import { listStart, type OpenSnapshot } from './open-snapshot.ts';
import { SnapshotContradictoryError, SnapshotLayoutError } from './snapshot-errors.ts';
import type { SnapshotTexts } from './snapshot-texts.ts';
import { NO_CALLER, readTraceTree, type TraceTree } from './trace-tree.ts';

/** The functions that allocated, one row each. V8 gives the place where a function begins, from 1 on, and 0 where it is not known. */
interface FunctionRows {
  readonly count: number;
  readonly name: Uint32Array;
  readonly script: Uint32Array;
  /** 0 for what is built in, and where the file does not say. */
  readonly scriptId: Uint32Array;
  readonly line: Uint32Array;
  readonly column: Uint32Array;
}

/** Reads the stacks that V8 recorded while it was told to track allocations. `traceNode`: the stack of each node by its id, 0 for none. */
export function readAllocationSites(
  snapshot: OpenSnapshot,
  window: ByteWindow,
  texts: SnapshotTexts,
  traceNode: Uint32Array,
): AllocationSites {
  const { header } = snapshot;
  window.seek(listStart(snapshot, window, 'trace_function_infos'));
  const functions = readFunctions(window, header.traceFunctionFields, texts.count);
  window.seek(listStart(snapshot, window, 'trace_tree'));
  return new SnapshotSites(functions, readTraceTree(window, header.traceNodeFields, functions.count), texts, traceNode);
}

/** A site is a stack; what is shown of it is read from the file's strings when asked. */
class SnapshotSites implements AllocationSites {
  readonly traced = true;
  readonly siteCount: number;
  readonly #functions: FunctionRows;
  readonly #tree: TraceTree;
  readonly #texts: SnapshotTexts;
  readonly #traceNode: Uint32Array;
  /** Sites by the id that nodes have, ascending. */
  readonly #byId: Uint32Array;

  constructor(functions: FunctionRows, tree: TraceTree, texts: SnapshotTexts, traceNode: Uint32Array) {
    this.siteCount = tree.count;
    this.#functions = functions;
    this.#tree = tree;
    this.#texts = texts;
    this.#traceNode = traceNode;
    this.#byId = Uint32Array.from(tree.id, (_, site) => site).sort((a, b) => tree.id[a] - tree.id[b]);
  }

  siteOf(node: NodeIndex): number {
    const id = this.#traceNode[node];
    if (id === 0) return -1;
    const byId = this.#byId;
    const ids = this.#tree.id;
    const place = firstPlace(0, byId.length, (at) => ids[byId[at]] < id);
    return place < byId.length && ids[byId[place]] === id ? byId[place] : -1;
  }

  frames(site: number): readonly SiteFrame[] {
    const frames: SiteFrame[] = [];
    // The outermost node of the tree stands for all stacks and is no function.
    for (let at = site; this.#tree.caller[at] !== NO_CALLER; at = this.#tree.caller[at]) frames.push(this.#frame(at));
    return frames;
  }

  #frame(site: number): SiteFrame {
    const row = this.#tree.functionInfo[site];
    const { name, script, scriptId, line, column } = this.#functions;
    const text = this.#texts.text(name[row]);
    const isTopLevel = line[row] === 1 && column[row] === 1;
    const frame = {
      function: text !== '' ? text : isTopLevel ? '(top level)' : '(anonymous)',
      file: fileOfFunction(this.#texts.text(script[row]), { name: text, line: line[row], scriptId: scriptId[row] }),
      line: line[row],
    };
    return column[row] === 0 ? frame : { ...frame, column: column[row] };
  }
}

function readFunctions(window: ByteWindow, fields: readonly string[], stringCount: number): FunctionRows {
  const at = (field: string): number => {
    const column = fields.indexOf(field);
    if (column < 0) throw new SnapshotLayoutError(`functions need a ${field}; the file lists ${fields.join(', ')}`);
    return column;
  };
  const columns = [at('name'), at('script_name'), at('line'), at('column')];
  const scriptIdAt = fields.indexOf('script_id');
  const [name, script, line, column] = columns.map(() => new GrowingUint32());
  const scriptId = new GrowingUint32();
  const rows = new NumberRows(window, 'trace_function_infos', fields.length);
  // The header's count is of functions seen; the list has a few more.
  while (rows.next()) {
    const [nameIndex, scriptIndex, lineNumber, columnNumber] = columns.map((at) => rows.numbers[at]);
    if (Math.max(nameIndex, scriptIndex) >= stringCount)
      throw new SnapshotContradictoryError(
        `the name of function ${name.length} is string ${Math.max(nameIndex, scriptIndex)}, and there are ${stringCount} strings`,
        window.offset,
      );
    name.push(nameIndex);
    script.push(scriptIndex);
    line.push(lineNumber);
    column.push(columnNumber);
    scriptId.push(scriptIdAt < 0 ? 0 : rows.numbers[scriptIdAt]);
  }
  rows.end();
  return {
    count: name.length,
    name: name.finish(),
    script: script.finish(),
    scriptId: scriptId.finish(),
    line: line.finish(),
    column: column.finish(),
  };
}
