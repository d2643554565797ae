/** Whether text has no form for a value, so that a saved state may lack it: a function, as in PyTorch's `LambdaLR`, or undefined. */
export function isNotSaved(value: unknown): boolean {
  return value === undefined || typeof value === "function";
}
