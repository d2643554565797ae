/**
 * Throws unless `actual` is `expected`, as a reader of an example would judge: numbers to four digits
 * (float32 prints 0.10000000149011612 where the page says 0.1), everything else exactly.
 */
export function checkValue(actual: unknown, expected: unknown): void {
  if (!alike(actual, expected)) throw new Error(`The page says ${show(expected)}, it is ${show(actual)}`);
}

function alike(actual: unknown, expected: unknown): boolean {
  if (typeof actual === "number" && typeof expected === "number") return close(actual, expected);
  if (typeof actual !== "object" || typeof expected !== "object" || !actual || !expected) {
    return Object.is(actual, expected);
  }
  if (ArrayBuffer.isView(actual) && Array.isArray(expected)) return alike([...(actual as Float32Array)], expected);
  if (Array.isArray(actual) !== Array.isArray(expected)) return false;
  const keys = Object.keys(expected);
  return (
    Object.keys(actual).length === keys.length &&
    keys.every((key) => key in actual && alike(Reflect.get(actual, key), Reflect.get(expected, key)))
  );
}

function close(actual: number, expected: number): boolean {
  if (Object.is(actual, expected) || (actual === 0 && expected === 0)) return true;
  if (Number.isInteger(actual) && Number.isInteger(expected)) return actual === expected;
  return Math.abs(actual - expected) <= 1e-4 * Math.max(1, Math.abs(expected));
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
