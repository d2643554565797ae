import type { Tensor } from "@kindling/core";
import type { OptionRules } from "../option-rules.ts";
import type { ParamGroup } from "../param-group.ts";
import type { State } from "./read-state.ts";

export type Groups = readonly ParamGroup<object>[];

/** The form that a state dict must have. */
export interface Expected {
  readonly groups: Groups;
  /** The options that a group has, each with a value of its kind. */
  readonly defaults: object;
  readonly rules: OptionRules;
  readonly inert: Readonly<Record<string, boolean | null>>;
  readonly olderDefaults: Readonly<Record<string, unknown>>;
  /** The state of a parameter before its first update. */
  readonly init: (parameter: Tensor, group: ParamGroup<object>) => State;
}
