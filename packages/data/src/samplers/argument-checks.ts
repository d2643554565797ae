import { ValueError } from "@kindling/core";

/** Throws ValueError unless `value` is a whole number above 0; `name` is PyTorch's. */
export function checkPositive(op: string, name: string, value: number, wayOut = "Give a whole number above 0."): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new ValueError(op, `${name} should be a positive integer value, but got ${name}=${value}`, "", wayOut);
}

/** Throws ValueError unless `value` is true or false; `name` is PyTorch's. */
export function checkBoolean(op: string, name: string, value: boolean): void {
  if (typeof value === "boolean") return;
  throw new ValueError(
    op,
    `${name} should be a boolean value, but got ${name}=${String(value)}`,
    "",
    "Write true or false.",
  );
}
