import type { Shape } from "@kindling/core";
import type { NetSizes } from "./make-net.ts";

/**
 * The state dict of the network of this form: the shape of each parameter by name, without building anything. Tests hold it
 * against the networks themselves.
 */
export function weightShapes(form: NetSizes): ReadonlyMap<string, Shape> {
  return new Map(
    layersOf(form).flatMap(([name, weight]) => [
      [`${name}.weight`, weight],
      [`${name}.bias`, weight.slice(0, 1)],
    ]),
  );
}

/** The layers of a form, each with the shape of its weight. */
function layersOf(form: NetSizes): readonly (readonly [name: string, weight: Shape])[] {
  if (form.model === "cnn") {
    return [
      ["conv1", [32, 1, 3, 3]],
      ["conv2", [64, 32, 3, 3]],
      ["fc1", [128, 9216]],
      ["fc2", [form.output, 128]],
    ];
  }
  const { input, hidden, output, layers } = form;
  const between = Array.from({ length: layers - 1 }, (_, i) => [`l${i + 2}`, [hidden, hidden]] as const);
  return [["l1", [hidden, input]], ...between, [`l${layers + 1}`, [output, hidden]]];
}
