import { Compose, Lambda, Normalize, ToTensor } from "@kindling/transforms";
import type { ModelName } from "./config.ts";

/** The seed's transform: to a tensor of [0, 1], to [-1, 1], to one dimension; images stay images `[1, 28, 28]` for a `cnn`. */
export function mnistTransform(model: ModelName = "mlp"): Compose {
  const normalized = [new ToTensor(), new Normalize(0.5, 0.5)];
  return new Compose(model === "cnn" ? normalized : [...normalized, new Lambda((x) => x.view(-1))]);
}
