/** How graphs are compiled, in the words of ONNX Runtime's JavaScript interface. */
export interface SessionOptions {
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  readonly graphOptimizationLevel: "all";
  readonly logSeverityLevel: 0 | 1 | 2 | 3 | 4;
  readonly extra: { readonly session: { readonly force_spinning_stop: "0" | "1" } };
}

export function sessionOptions(threads: number): SessionOptions {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // Nothing but its end: what it says of constants that nobody uses helps nobody, and errors are thrown.
    logSeverityLevel: 4,
    // Threads wait by spinning while a graph runs, and not after: JavaScript goes on then, on as many cores.
    extra: { session: { force_spinning_stop: "1" } },
  };
}
