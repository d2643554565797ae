import { ArgumentTypeError } from "./errors.ts";

/**
 * The error for more arguments than a function takes: JavaScript drops them, so that `nllLoss(x, y, {}, "sum")` would be a mean.
 *
 * A public function or constructor begins with it, and a method that is made of a function has it from there:
 *
 * ```ts
 * if (arguments.length > 2) throw surplusArguments("relu(x, options?)", arguments.length);
 * ```
 *
 * @param call how the function is called
 * @param given how many arguments there were
 * @returns ArgumentTypeError `relu() takes from 1 to 2 positional arguments but 3 were given`
 */
export function surplusArguments(call: string, given: number): ArgumentTypeError {
  const name = call.slice(0, call.indexOf("("));
  const parameters = call.slice(name.length + 1, -1);
  const all = parameters === "" ? [] : parameters.split(", ");
  const required = all.filter((parameter) => !parameter.endsWith("?")).length;
  const count = required === all.length ? `${required}` : `from ${required} to ${all.length}`;
  const noun = all.length === 1 ? "argument" : "arguments";
  const verb = given === 1 ? "was" : "were";
  const rule = `${name}() takes ${count} positional ${noun} but ${given} ${verb} given`;
  return new ArgumentTypeError(name.replace(/^new /, ""), rule, "", `Write ${call}.`);
}
