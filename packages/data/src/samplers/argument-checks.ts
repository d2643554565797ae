import { ValueError } from "@kindling/core";

/** Throws ValueError unless `value` is a whole number above 0; `name` is PyTorch's. */
export function checkPositive(op: string, name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new ValueError(
    op,
    `${name} should be a positive integer value, but got ${name}=${value}`,
    "",
    name === "num_samples" && value === 0
      ? "The data set is empty: check how it was loaded, or leave shuffle away."
      : "Give a whole number above 0.",
  );
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
