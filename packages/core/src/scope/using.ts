export {};

// Node 20, Node 22 and older browsers have `using` only through a compiler, whose output looks these symbols up.
const symbols = Symbol as { dispose?: symbol; asyncDispose?: symbol };
symbols.dispose ??= Symbol.for("Symbol.dispose");
symbols.asyncDispose ??= Symbol.for("Symbol.asyncDispose");

declare global {
  // The types that `using` needs. It merges with `esnext.disposable` where a program's `lib` has that.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }

  interface Disposable {
    [Symbol.dispose](): void;
  }
}
