import { type Tensor, ValueError } from "@kindling/core";
import type { StateReader } from "@kindling/core/extend";
import type { ParamGroup } from "../param-group.ts";
import { fromWire, toWire } from "../wire-names.ts";
import type { Expected, Groups } from "./expected.ts";
import { isNotSaved } from "./not-saved.ts";

/** Throws where a state dict has groups of other sizes. */
export function checkSizes(op: string, groups: Groups, saved: readonly StateReader[]): void {
  if (saved.length !== groups.length) {
    throw new ValueError(
      op,
      "loaded state dict has a different number of parameter groups",
      `param_groups has ${saved.length} instead of ${groups.length}`,
      "Make the optimizer with the same groups first.",
    );
  }
  groups.forEach(({ params }, i) => {
    const own = saved[i] as StateReader;
    const count = own.has("params") ? own.list("params").length : "no";
    if (count === params.length) return;
    throw new ValueError(
      op,
      "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
      `${own.path("params")} has ${count} instead of ${params.length} parameters`,
      "Make the optimizer over the same network first.",
    );
  });
}

/** The parameters, each with the place of its group, by the numbers that the state dict gives them. */
export function numbered(
  groups: Groups,
  saved: readonly StateReader[],
): ReadonlyMap<string, readonly [Tensor, number]> {
  const byNumber = new Map<string, readonly [Tensor, number]>();
  const numbers = new Map<Tensor, number>();
  groups.forEach(({ params }, g) => {
    const own = saved[g] as StateReader;
    for (const [i, number] of own.numbers("params", { min: 0, integer: true }).entries()) {
      // A parameter may be in a group twice, and then has the same number twice.
      const parameter = params[i] as Tensor;
      const [taken] = byNumber.get(String(number)) ?? [parameter];
      if (taken !== parameter || (numbers.get(parameter) ?? number) !== number) {
        throw own.broken(`params.${i}`, `the number ${number} stands for two parameters, or one parameter has two`);
      }
      byNumber.set(String(number), [parameter, g]);
      numbers.set(parameter, number);
    }
  });
  return byNumber;
}

/** The options of a group by our names: checked where the optimizer has them, else as they are. Inert ones are left out. */
export function readOptions(
  saved: StateReader,
  group: ParamGroup<object>,
  { defaults, rules, inert, olderDefaults }: Expected,
): Readonly<Record<string, unknown>> {
  const own = Object.entries(defaults).map(([name, example]): [string, unknown] => {
    const key = toWire(name);
    if (!saved.has(key) && Object.hasOwn(olderDefaults, name)) return [name, olderDefaults[name]];
    if (!saved.has(key) && isNotSaved(example)) return [name, (group as Readonly<Record<string, unknown>>)[name]];
    const rule = rules[name];
    const value = rule === undefined ? saved.like(key, example) : saved.value(key);
    const broken = rule?.(value) ?? null;
    if (broken !== null) throw saved.broken(key, broken.rule, broken.wayOut);
    return [name, Array.isArray(value) ? [...value] : value];
  });
  for (const key of Object.keys(inert)) if (saved.has(key) && saved.value(key) !== null) saved.boolean(key);
  if (saved.has("initial_lr")) saved.number("initial_lr");
  if (saved.has("param_names")) {
    saved.list("param_names", group.params.length);
    saved.like("param_names", [""]);
  }
  const known = new Set(["params", ...own.map(([name]) => name)]);
  const others = saved
    .keys()
    .filter((key) => !Object.hasOwn(inert, key) && !known.has(fromWire(key)))
    .map((key): [string, unknown] => [fromWire(key), saved.value(key)]);
  return Object.fromEntries([...own, ...others]);
}
