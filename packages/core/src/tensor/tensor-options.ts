import { DTYPE_NAMES, type DType, type DTypeName, dtypeNamed } from "../base/dtype.ts";
import { DTypeError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { checkDevice } from "../device/device-argument.ts";

const PLACED = ["dtype", "device", "requiresGrad"];

const DRAWN = [...PLACED, "generator"];

/** Refuses unknown options and dtypes of a function that makes a tensor; the dtype that is asked for, if any. */
export function checkTensorOptions(op: string, options: object, { random = false } = {}): DType | undefined {
  checkOptions(op, options, random ? DRAWN : PLACED);
  const { dtype, device } = options as { readonly dtype?: unknown; readonly device?: unknown };
  checkDevice(op, device);
  return checkDType(op, dtype);
}

/**
 * The dtype of this name, `long` for `int64`; undefined is the default.
 *
 * @throws DTypeError for what is no dtype
 */
export function checkDType(op: string, dtype: unknown): DType | undefined {
  if (dtype === undefined) return undefined;
  const found = dtypeNamed(dtype);
  if (found !== undefined) return found;
  const name = typeof dtype === "string" ? `'${dtype}'` : String(dtype);
  throw new DTypeError(
    op,
    `${op}(): argument 'dtype' must be ${NAMES.slice(0, -1).join(", ")} or ${NAMES.at(-1)}`,
    `got ${name}`,
  );
}

/** As a message lists them, the widest first. */
const NAMES = DTYPE_NAMES.map((name) => `"${name}"`).reverse();

/** The names of all dtypes, for messages. */
export const DTYPE_LIST = NAMES.join(", ");

export type { DTypeName };
