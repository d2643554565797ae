import { InvalidArgumentError } from "commander";

/** An integer, `least` or more. */
export function integerFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It must be an integer, ${least} or more.`);
    }
    return value;
  };
}

/** A finite number, 0 or more: SGD with a learning rate of 0 learns nothing, and is a baseline to compare with. */
export function numberFromZero(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError("It must be a number, 0 or more.");
  }
  return value;
}

/** A seed as `torch.manual_seed` takes it: any integer of 64 bits, with or without sign. */
export function seed(text: string): number | bigint {
  if (!/^[+-]?\d+$/.test(text)) throw new InvalidArgumentError("It must be an integer.");
  const value = BigInt(text.replace(/^\+/, ""));
  if (value < -(2n ** 63n) || value >= 2n ** 64n) {
    throw new InvalidArgumentError("It must be between -2^63 and 2^64 - 1.");
  }
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** One of `values`; those that are integers come out as numbers. */
export function oneOf<V extends string | number>(values: readonly V[]): (text: string) => V {
  return (text) => {
    const value = values.find((candidate) => String(candidate) === text);
    if (value === undefined) throw new InvalidArgumentError(`Allowed choices are ${values.join(", ")}.`);
    return value;
  };
}

/** A path: an empty one, of a shell variable that is not set, is no folder and no file. */
export function path(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}
