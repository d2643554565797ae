import { ShapeError, type Tensor } from "@kindling/core";
import type { NetForm } from "./make-net.ts";

/**
 * The form of the network whose weights these are, read from their shapes: `Net` has `l1` and `l2`, `Net2` an `l3` too. The
 * activation leaves no trace in the weights.
 *
 * @throws ShapeError when they are of neither
 */
export function inferForm(
  state: Readonly<Record<string, Tensor>>,
): Pick<NetForm, "input" | "hidden" | "output" | "layers"> {
  const names = Object.keys(state).sort().join(" ");
  const layers = FORMS.indexOf(names) + 1;
  const first = state["l1.weight"]?.shape;
  const last = state[layers === 2 ? "l3.weight" : "l2.weight"]?.shape;
  if ((layers !== 1 && layers !== 2) || first?.length !== 2 || last?.length !== 2 || first[0] !== last[1]) {
    const got = Object.entries(state).map(([name, { shape }]) => `${name} [${shape.join(", ")}]`);
    throw new ShapeError(
      "inferForm",
      "these are not the weights of Net (l1, l2) or Net2 (l1, l2, l3)",
      got.slice(0, 8).join(", ") + (got.length > 8 ? ", ..." : ""),
      "Give the model.safetensors of a run of `kindling train`.",
    );
  }
  return { input: first[1] as number, hidden: first[0] as number, output: last[0] as number, layers };
}

const FORMS = ["l1.bias l1.weight l2.bias l2.weight", "l1.bias l1.weight l2.bias l2.weight l3.bias l3.weight"];
