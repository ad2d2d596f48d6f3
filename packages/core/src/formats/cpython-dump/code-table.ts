import type { RawCode } from './raw-dump.ts';

/** Which function a line belongs to, from the code objects of a dump: tracers give lines, people think in functions. */
export class CodeTable {
  readonly #byFile = new Map<string, RawCode[]>();
  readonly #freeNamesByAddress = new Map<number, readonly string[]>();
  readonly #byAddress = new Map<number, RawCode>();

  constructor(code: readonly RawCode[]) {
    for (const entry of code) {
      const [address, file, , , , freeNames] = entry;
      this.#byAddress.set(address, entry);
      if (freeNames.length > 0) this.#freeNamesByAddress.set(address, freeNames);
      const list = this.#byFile.get(file);
      if (list === undefined) this.#byFile.set(file, [entry]);
      else list.push(entry);
    }
  }

  /**
   * Qualified name of the innermost function around a line, `<module>` when no function is known there. The first line of a
   * function inside another is the other's: there it makes the inner one.
   */
  functionAt(file: string, line: number): string {
    let best: RawCode | undefined;
    let making: RawCode | undefined;
    for (const code of this.#byFile.get(file) ?? []) {
      if (line < code[2] || line > code[3]) continue;
      if (code[2] === line) {
        if (making === undefined || narrower(making, code)) making = code;
      } else if (best === undefined || narrower(code, best)) best = code;
    }
    return (best ?? making)?.[4] ?? '<module>';
  }

  freeNames(codeAddress: number): readonly string[] {
    return this.#freeNamesByAddress.get(codeAddress) ?? [];
  }

  byAddress(codeAddress: number): RawCode | undefined {
    return this.#byAddress.get(codeAddress);
  }
}

function narrower(a: RawCode, b: RawCode): boolean {
  const width = a[3] - a[2] - (b[3] - b[2]);
  // The same lines twice (a lambda that fills its function, a comprehension): the longer name is the inner one; then by name, for determinism.
  return width !== 0 ? width < 0 : a[4].length !== b[4].length ? a[4].length > b[4].length : a[4] < b[4];
}
