/** `(high * 2^32 + low) % divisor`; for a divisor up to 2^32 it shifts 16 bits at a time and so stays within a double. */
export function modulo64(high: number, low: number, divisor: number): number {
  if (divisor > 2 ** 32) return Number(((BigInt(high) << 32n) | BigInt(low)) % BigInt(divisor));
  const shifted = ((high % divisor) * 2 ** 16) % divisor;
  return (((shifted * 2 ** 16) % divisor) + low) % divisor;
}
