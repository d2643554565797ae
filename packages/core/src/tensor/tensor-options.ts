import { isDType } from "../base/dtype.ts";
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

/** Other names of what is here, and of what something here stands for. */
const STAND_INS: Readonly<Record<string, string>> = {
  int64: "int32",
  long: "int32",
  int: "int32",
  int16: "int32",
  float: "float32",
  float64: "float32",
  double: "float32",
  float16: "float32",
  bfloat16: "float32",
  byte: "uint8",
  boolean: "bool",
};

/** @throws DTypeError for what is no dtype; undefined is the default. */
export function checkDType(op: string, dtype: unknown): void {
  if (dtype === undefined || isDType(dtype)) return;
  throw unknownDType(op, dtype);
}

export function unknownDType(op: string, dtype: unknown): DTypeError {
  const name = typeof dtype === "string" ? `'${dtype}'` : String(dtype);
  const stand = typeof dtype === "string" ? standIn(dtype) : undefined;
  return new DTypeError(
    op,
    `${op}(): argument 'dtype' must be "float32", "int32", "uint8" or "bool"`,
    `got ${name}`,
    stand === undefined ? "" : `Here ${stand} stands for ${dtype}.`,
  );
}

/** What to write for a dtype that is not here; undefined where nothing is near. */
export function standIn(dtype: string): string | undefined {
  return Object.hasOwn(STAND_INS, dtype) ? STAND_INS[dtype] : undefined;
}
