/**
 * `Symbol.dispose` and `Symbol.asyncDispose`, with a stand-in of the same description where the runtime lacks them: the
 * method is then reachable through these constants, and `using` as compilers write it falls back to the same registered
 * symbol. Nothing is added to the global `Symbol`.
 */
export const dispose: typeof Symbol.dispose = (Symbol as Partial<SymbolConstructor>).dispose ?? (Symbol.for('Symbol.dispose') as never);
export const asyncDispose: typeof Symbol.asyncDispose =
  (Symbol as Partial<SymbolConstructor>).asyncDispose ?? (Symbol.for('Symbol.asyncDispose') as never);
