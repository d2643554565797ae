/**
 * `x` with `digits` digits after the point, rounded as Python's `f"{x:.4f}"`: to the nearest decimal of the exact binary
 * value, a tie to the even digit (JavaScript's `toFixed` takes ties upwards). At most 99 digits.
 */
export function formatFixed(x: number, digits: number): string {
  if (!Number.isFinite(x)) return formatNonFinite(x);
  const magnitude = Math.abs(x);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  // toFixed turns to exponents at 1e21; doubles that large are whole
  if (magnitude >= 1e21) return `${sign}${BigInt(magnitude)}${digits > 0 ? `.${"0".repeat(digits)}` : ""}`;
  const rounded = magnitude.toFixed(digits);
  // x is halfway between two decimals just if x * 2^(digits + 1) is an odd integer
  if ((magnitude * 2 ** (digits + 1)) % 2 !== 1 || isEven(rounded)) return sign + rounded;
  return sign + magnitude.toFixed(digits + 1).slice(0, digits === 0 ? -2 : -1);
}

/** `x` as Python's `f"{x:.4e}"`: one digit, `digits` more, and an exponent of at least two. At most 99 digits. */
export function formatExponential(x: number, digits: number): string {
  if (!Number.isFinite(x)) return formatNonFinite(x);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const [mantissa, exponent] = roundedMantissa(Math.abs(x), digits);
  const [, direction, power] = /^([+-])(\d+)$/.exec(exponent) as unknown as [string, string, string];
  return `${sign}${mantissa}e${direction}${power.padStart(2, "0")}`;
}

function roundedMantissa(magnitude: number, digits: number): [string, string] {
  const split = (text: string) => text.split("e") as [string, string];
  const rounded = split(magnitude.toExponential(digits));
  if (isEven(rounded[0])) return rounded;
  // halfway just if the exact value ends in a 5 after one digit more; 9.5 goes up to 10, which is even
  const [exact, exponent] = split(magnitude.toExponential(100));
  const kept = digits === 0 ? 1 : digits + 2;
  const tail = exact.replace(".", "").slice(digits + 1);
  return /^50*$/.test(tail) && exponent === rounded[1] ? [exact.slice(0, kept), exponent] : rounded;
}

function isEven(decimal: string): boolean {
  return "02468".includes(decimal.at(-1) as string);
}

function formatNonFinite(x: number): string {
  if (Number.isNaN(x)) return "nan";
  return x > 0 ? "inf" : "-inf";
}
