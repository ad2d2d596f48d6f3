// For the declarations that are published: a program whose own `lib` ends at ES2022 has no Disposable.
/// <reference lib="esnext.disposable" preserve="true" />

/**
 * `Symbol.dispose` and `Symbol.asyncDispose`, with a stand-in of the same description where the runtime lacks them: the
 * method is then reachable through these constants, and `using` as esbuild writes it falls back to the same registered symbol
 * (tsc asks for a polyfill). Nothing is added to the global `Symbol`.
 */
export const dispose: typeof Symbol.dispose = (Symbol as Partial<SymbolConstructor>).dispose ?? (Symbol.for('Symbol.dispose') as never);
export const asyncDispose: typeof Symbol.asyncDispose =
  (Symbol as Partial<SymbolConstructor>).asyncDispose ?? (Symbol.for('Symbol.asyncDispose') as never);
