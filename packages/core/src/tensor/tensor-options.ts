import { DTYPE_NAMES, DTYPES, type DType, isDType } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { checkDevice } from "../device/device-argument.ts";

const PLACED = ["dtype", "device", "requiresGrad"];

const DRAWN = [...PLACED, "generator"];

/** Refuses unknown options and dtypes of a function that makes a tensor. */
export function checkTensorOptions(op: string, options: object, { random = false } = {}): void {
  checkOptions(op, options, random ? DRAWN : PLACED);
  const { dtype, device } = options as { readonly dtype?: unknown; readonly device?: unknown };
  checkDType(op, dtype);
  checkDevice(op, device);
}

/** @throws DTypeError for what is no dtype; undefined is the default. */
export function checkDType(op: string, dtype: unknown): void {
  if (dtype === undefined || isDType(dtype)) return;
  throw unknownDType(op, dtype);
}

/** As a message lists them, the widest first. */
const NAMES = DTYPE_NAMES.map((name) => `"${name}"`).reverse();

export function unknownDType(op: string, dtype: unknown): DTypeError {
  const name = typeof dtype === "string" ? `'${dtype}'` : String(dtype);
  const stand = typeof dtype === "string" ? standIn(dtype) : undefined;
  return new DTypeError(
    op,
    `${op}(): argument 'dtype' must be ${NAMES.slice(0, -1).join(", ")} or ${NAMES.at(-1)}`,
    `got ${name}`,
    stand === undefined ? "" : `Here ${stand} stands for ${dtype}.`,
  );
}

/** The names of all dtypes, for messages. */
export const DTYPE_LIST = NAMES.join(", ");

/** The dtype to use in place of one that is not here; undefined if there is none. */
export function standIn(dtype: string): DType | undefined {
  return DTYPE_NAMES.find((name) => (DTYPES[name].standsFor as readonly string[]).includes(dtype));
}
