import { ShapeError, type Tensor } from "@kindling/core";
import type { CnnForm, MlpForm } from "./make-net.ts";

/** All that weights tell of a network: the activation leaves no trace in them. */
export type InferredForm = CnnForm | (Omit<MlpForm, "activation"> & { readonly model: "mlp" });

/**
 * The form of the network whose weights these are, read from their names and shapes: `Net` has `l1` and `l2`, `Net2` an `l3` too, `ConvNet`
 * has `conv1`, `conv2`, `fc1` and `fc2`.
 *
 * @throws ShapeError when they are of none of them
 */
export function inferForm(state: Readonly<Record<string, Tensor>>): InferredForm {
  const names = Object.keys(state).sort().join(" ");
  if (names === namesOf("conv1", "conv2", "fc1", "fc2")) {
    const output = state["fc2.weight"]?.shape[0];
    if (output !== undefined) return { model: "cnn", output };
  }
  const layers = MLPS.indexOf(names) + 1;
  const first = state["l1.weight"]?.shape;
  const last = state[layers === 2 ? "l3.weight" : "l2.weight"]?.shape;
  if ((layers !== 1 && layers !== 2) || first?.length !== 2 || last?.length !== 2 || first[0] !== last[1]) {
    const got = Object.entries(state).map(([name, { shape }]) => `${name} [${shape.join(", ")}]`);
    throw new ShapeError(
      "inferForm",
      "these are not the weights of Net (l1, l2), Net2 (l1, l2, l3) or ConvNet (conv1, conv2, fc1, fc2)",
      got.slice(0, 8).join(", ") + (got.length > 8 ? ", ..." : ""),
      "Give the model.safetensors of a run of `kindling train`.",
    );
  }
  return { model: "mlp", input: first[1] as number, hidden: first[0] as number, output: last[0] as number, layers };
}

const MLPS = [namesOf("l1", "l2"), namesOf("l1", "l2", "l3")];

/** The names in a state dict of these layers. */
function namesOf(...layers: string[]): string {
  return layers.map((layer) => `${layer}.bias ${layer}.weight`).join(" ");
}
