declare global {
  // What `using` asks of the compiler. It merges with `esnext.disposable` where a program's `lib` has that.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }

  interface Disposable {
    [Symbol.dispose](): void;
  }
}

/** `Symbol.dispose`, or where that is missing (Node 20, Node 22, older browsers) the symbol that compilers use in its place. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
