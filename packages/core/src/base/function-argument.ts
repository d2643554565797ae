import { describeValue } from "./describe-value.ts";
import { ArgumentTypeError } from "./errors.ts";

/**
 * Refuses what is not a function.
 *
 * @param example what goes between the parentheses of the way out
 * @throws ArgumentTypeError `noGrad takes a function: got nothing. Write noGrad(() => net(x)).`
 */
export function checkFunction(op: string, fn: unknown, example = "() => net(x)"): void {
  if (typeof fn === "function") return;
  const got = fn === undefined ? "nothing" : describeValue(fn);
  throw new ArgumentTypeError(op, `${op} takes a function`, `got ${got}`, `Write ${op}(${example}).`);
}
