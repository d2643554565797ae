/**
 * Bits of an element, in the format's order of alignment: writers put the last one first.
 *
 * @see https://github.com/huggingface/safetensors (`enum Dtype`)
 */
export const BITS = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
} as const;

/** A dtype of the format, under the name that it has in files. */
export type FormatDType = keyof typeof BITS;

const ORDER = Object.keys(BITS);

export function isFormatDType(name: string): name is FormatDType {
  return Object.hasOwn(BITS, name);
}

/** Negative where `a` is written before `b`. */
export function compareDTypes(a: FormatDType, b: FormatDType): number {
  return ORDER.indexOf(b) - ORDER.indexOf(a);
}
