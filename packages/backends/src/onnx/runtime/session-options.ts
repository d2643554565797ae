/** How graphs are compiled, in the words of ONNX Runtime's JavaScript interface. */
export interface SessionOptions {
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  readonly graphOptimizationLevel: "all";
  readonly logSeverityLevel: 0 | 1 | 2 | 3 | 4;
}

export function sessionOptions(threads: number): SessionOptions {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // Errors only: what it says of constants that nobody uses helps nobody.
    logSeverityLevel: 3,
  };
}
