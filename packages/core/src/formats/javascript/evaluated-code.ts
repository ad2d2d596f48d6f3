/** Stands for the file of code that has none: what `eval`, `new Function` and a debugger's console compile. */
export const EVALUATED_CODE = '<evaluated code>';

/**
 * The file of a function, as V8 tells it. It names none for what is built in, which is in no script (0) and has no place, and
 * none for evaluated code, which has one or the other: Node's own first script has neither place nor name.
 */
export function fileOfFunction(url: string, { name, line, scriptId }: { name: string; line: number; scriptId: number }): string {
  return url === '' && (line > 0 || (name !== '' && scriptId > 0)) ? EVALUATED_CODE : url;
}
