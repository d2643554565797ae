import type { Tensor } from "@kindling/core";
import { type InferredForm, inferForm } from "@kindling/recipes";
import { load } from "@kindling/safetensors";
import { SIDE } from "../drawing/centre.ts";
import { Refusal } from "../protocol/refusal.ts";
import { LIMITS, refuseLarge } from "../settings/limits.ts";
import { isSetting } from "../settings/link.ts";

/** What the images of this page have. */
const PIXELS = SIDE ** 2;
const CLASSES = 10;

/** Weights that the page accepts. */
export interface AcceptedWeights {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly form: InferredForm;
}

/**
 * The weights in a file, if the page accepts them. This is the one rule for a file that is uploaded and for one that is restored,
 * and nothing is built before it: a small file may claim a huge network.
 *
 * @throws Refusal for what is beyond the page's limits, or for other images
 * @throws SafetensorError, ShapeError for a file that is damaged or of another network
 */
export function acceptWeights(file: Uint8Array): AcceptedWeights {
  refuseLarge(file.length);
  const tensors = load(file);
  const form = inferForm(tensors);
  const input = form.model === "cnn" ? PIXELS : form.input;
  if (input !== PIXELS || form.output !== CLASSES) {
    throw new Refusal("refusedImages", { input, output: form.output, pixels: PIXELS, classes: CLASSES });
  }
  if (form.model === "mlp" && !isSetting("hidden", form.hidden)) {
    throw new Refusal("refusedUnits", { hidden: form.hidden.toLocaleString(), most: LIMITS.hidden.toLocaleString() });
  }
  return { tensors, form };
}
