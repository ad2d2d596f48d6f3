import { KERNEL } from './kernel-bytes.ts';

/** What `rows.assembly.ts` exports; places are bytes from the start of its memory. */
export interface KernelExports {
  readonly rows: { readonly value: number };
  readonly noted: { readonly value: number };
  setNodeColumns(types: number, names: number, ids: number, sizes: number, edgeCounts: number, traces: number, notes: number): void;
  setNodeLayout(types: number, strings: number, hasTrace: boolean, hasAttachedness: boolean): void;
  readNodes(p: number, limit: number, most: number): number;
  setEdgeTables(flagsOfType: number, isNamed: number, flagsOfInternal: number, knownNames: number): void;
  setEdgeColumns(targets: number, flags: number, names: number, notes: number): void;
  setEdgeCounts(types: number, strings: number, nodeFields: number, nodes: number, internalFlags: number, ephemeronName: number): void;
  readEdges(p: number, limit: number, at: number, most: number): number;
}

/** As much of it as is used here; no library of types that fits both Node and browsers has it. */
interface Engine {
  readonly Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const PAGE_BYTES = 1 << 16;
/** Compiled once for all files. Nothing in it changes. */
let compiled: object | undefined;

/** Arrays in the memory of a kernel that there will be, one behind the other; `start` makes it and them. */
export class KernelMemory {
  #end = 0;

  /** Where an array of so many bytes begins; on a boundary that suits all numbers. */
  place(bytes: number): number {
    const start = this.#end;
    this.#end = (start + bytes + 15) & ~15;
    return start;
  }

  /** Undefined where there is no WebAssembly, or not the memory for it: a policy that forbids to compile, an address space that is limited. */
  start(): { readonly buffer: ArrayBuffer; readonly kernel: KernelExports } | undefined {
    const { WebAssembly: engine } = globalThis as { readonly WebAssembly?: Engine };
    if (engine === undefined) return undefined;
    try {
      const memory = new engine.Memory({ initial: Math.ceil(this.#end / PAGE_BYTES) });
      const instance = new engine.Instance((compiled ??= new engine.Module(bytesOf(KERNEL))), { env: { memory } });
      return { buffer: memory.buffer, kernel: instance.exports as KernelExports };
    } catch {
      return undefined;
    }
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
