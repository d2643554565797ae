/**
 * Numbers as Python writes them. Both languages print the shortest digits that read back the same, and both round
 * the exact binary value; they differ on ties (Python takes the even digit, JavaScript the larger one) and on when
 * an exponent appears.
 */

/** `repr(x)`: an integer in full, anything else with an exponent below 1e-4 and from 1e16 on. */
export function repr(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (Number.isInteger(x)) return BigInt(x).toString();
  const [mantissa = "", exponent = "0"] = x.toExponential().split("e");
  return Number(exponent) < -4 ? `${mantissa}e${signedExponent(Number(exponent))}` : String(x);
}

/** `f"{x:.{decimals}f}"`. */
export function fixed(x: number, decimals: number): string {
  if (!Number.isFinite(x)) return repr(x);
  if (Math.abs(x) >= 1e21) return decimals > 0 ? `${BigInt(x)}.${"0".repeat(decimals)}` : BigInt(x).toString();
  const rounded = x.toFixed(decimals);
  const tie = Math.abs((x * 2 ** (decimals + 1)) % 2) === 1;
  return tie && endsOdd(rounded) ? x.toFixed(decimals + 1).replace(/\.?5$/, "") : rounded;
}

/** `f"{x:.{digits}e}"`. */
export function exponential(x: number, digits: number): string {
  if (!Number.isFinite(x)) return repr(x);
  const [rounded = "", exponent = "0"] = x.toExponential(digits).split("e");
  // After a tie the exact value has a 5 and then nothing; no double needs 60 digits to say so.
  const [exact = "", exactExponent = "0"] = x.toExponential(60).split("e");
  const kept = exact.slice(0, exact.indexOf(".") + (digits > 0 ? digits + 1 : 0));
  const tie = /^\.?50*$/.test(exact.slice(kept.length));
  return tie && endsOdd(rounded)
    ? `${kept}e${signedExponent(Number(exactExponent))}`
    : `${rounded}e${signedExponent(Number(exponent))}`;
}

/** `f"{x:.{precision}g}"`: significant digits, trailing zeros dropped, an exponent below 1e-4 or where digits run out. */
export function general(x: number, precision: number): string {
  if (!Number.isFinite(x)) return repr(x);
  const digits = Math.max(precision, 1);
  const [mantissa = "", exponent = "0"] = exponential(x, digits - 1).split("e");
  const e = Number(exponent);
  return e < -4 || e >= digits ? `${dropZeros(mantissa)}e${signedExponent(e)}` : dropZeros(fixed(x, digits - 1 - e));
}

function signedExponent(e: number): string {
  return `${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
}

function dropZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

function endsOdd(digits: string): boolean {
  return "13579".includes(digits.at(-1) ?? "0");
}
