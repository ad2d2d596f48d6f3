import type { RawCode } from './raw-dump.ts';

/** Which function a line belongs to, from the code objects of a dump: tracers give lines, people think in functions. Put in order when somebody first asks. */
export class CodeTable {
  readonly #code: readonly RawCode[];
  #byFile: ReadonlyMap<string, readonly RawCode[]> | undefined;
  #byAddress: ReadonlyMap<number, RawCode> | undefined;

  constructor(code: readonly RawCode[]) {
    this.#code = code;
  }

  /**
   * Qualified name of the innermost function around a line, `<module>` when no function is known there. The first line of a
   * function inside another is the other's: there it makes the inner one.
   */
  functionAt(file: string, line: number): string {
    let best: RawCode | undefined;
    let making: RawCode | undefined;
    this.#byFile ??= byFile(this.#code);
    for (const code of this.#byFile.get(file) ?? []) {
      if (line < code[2] || line > code[3]) continue;
      if (code[2] === line) {
        if (making === undefined || narrower(making, code)) making = code;
      } else if (best === undefined || narrower(code, best)) best = code;
    }
    return (best ?? making)?.[4] ?? '<module>';
  }

  freeNames(codeAddress: number): readonly string[] {
    return this.byAddress(codeAddress)?.[5] ?? [];
  }

  byAddress(codeAddress: number): RawCode | undefined {
    this.#byAddress ??= new Map(this.#code.map((code) => [code[0], code]));
    return this.#byAddress.get(codeAddress);
  }
}

function byFile(codes: readonly RawCode[]): Map<string, RawCode[]> {
  const found = new Map<string, RawCode[]>();
  for (const code of codes) {
    const list = found.get(code[1]);
    if (list === undefined) found.set(code[1], [code]);
    else list.push(code);
  }
  return found;
}

function narrower(a: RawCode, b: RawCode): boolean {
  const width = a[3] - a[2] - (b[3] - b[2]);
  // The same lines twice (a lambda that fills its function, a comprehension): the longer name is the inner one; then by name, for determinism.
  return width !== 0 ? width < 0 : a[4].length !== b[4].length ? a[4].length > b[4].length : a[4] < b[4];
}
