import { ShapeError } from "@kindling/core";
import { checkWeights, described, type Shapes } from "./check-weights.ts";
import type { CnnForm, MlpForm } from "./make-net.ts";

/** All that weights tell of a network: the activation leaves no trace in them. */
export type InferredForm = CnnForm | (Omit<MlpForm, "activation"> & { readonly model: "mlp" });

/**
 * The form of the network whose weights these are, read from their names and shapes: `Net` has `l1` and `l2`, `Net2` an `l3` too, `ConvNet`
 * has `conv1`, `conv2`, `fc1` and `fc2`. Every shape is checked, so that a network of this form holds as many elements as the weights do.
 *
 * @throws ShapeError unless they are of one of these, with sizes that fit each other and none of them 0
 */
export function inferForm(state: Shapes): InferredForm {
  const form = guessForm(state);
  if (form === undefined) {
    throw new ShapeError(
      "inferForm",
      "these are not the weights of Net (l1, l2), Net2 (l1, l2, l3) or ConvNet (conv1, conv2, fc1, fc2)",
      described(state),
      "Give the model.safetensors of a run of `kindling train`.",
    );
  }
  checkWeights("inferForm", form, state);
  return form;
}

/** The form that the names and the outermost sizes suggest; the other sizes are not looked at. */
function guessForm(state: Shapes): InferredForm | undefined {
  const names = Object.keys(state).sort().join(" ");
  if (names === namesOf("conv1", "conv2", "fc1", "fc2")) {
    const [output] = state["fc2.weight"]?.shape ?? [];
    return output === undefined ? undefined : { model: "cnn", output };
  }
  const layers = names === namesOf("l1", "l2") ? 1 : names === namesOf("l1", "l2", "l3") ? 2 : undefined;
  if (layers === undefined) return undefined;
  const [hidden, input] = state["l1.weight"]?.shape ?? [];
  const [output] = state[`l${layers + 1}.weight`]?.shape ?? [];
  if (hidden === undefined || input === undefined || output === undefined) return undefined;
  return { model: "mlp", input, hidden, output, layers };
}

/** The names in a state dict of these layers. */
function namesOf(...layers: string[]): string {
  return layers.map((layer) => `${layer}.bias ${layer}.weight`).join(" ");
}
