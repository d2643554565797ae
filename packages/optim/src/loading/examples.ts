import { isTensor, scope, type Tensor, zeros } from "@kindling/core";
import type { ParamGroup } from "../param-group.ts";
import type { Expected, Groups } from "./expected.ts";
import type { ExampleState } from "./read-state.ts";

/** The shapes of what `init` gives, asked once for each shape of parameter, with one on the cpu: nothing is sent to a device. */
export class Examples {
  readonly #known = new Map<string, ExampleState>();
  readonly #groups: readonly ParamGroup<object>[];
  readonly #init: Expected["init"];

  constructor(groups: Groups, options: readonly object[], init: Expected["init"]) {
    this.#groups = groups.map(({ params }, g) => ({ ...options[g], params }));
    this.#init = init;
  }

  of({ shape, dtype }: Tensor, group: number): ExampleState {
    const key = `${group} ${dtype} ${shape.join(",")}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = scope(() => {
      const state = this.#init(zeros(shape, { dtype }), this.#groups[group] as ParamGroup<object>);
      const entries = Object.entries(state).map(([name, value]): [string, ExampleState[string]] => [
        name,
        isTensor(value) ? { shape: value.shape } : value,
      ]);
      return Object.fromEntries(entries);
    });
    this.#known.set(key, made);
    return made;
  }
}
