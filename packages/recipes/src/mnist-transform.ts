import { Compose, Lambda, Normalize, ToTensor } from "@kindling/transforms";

/** The seed's transform: to a tensor of [0, 1], to [-1, 1], to one dimension. */
export function mnistTransform(): Compose {
  return new Compose([new ToTensor(), new Normalize(0.5, 0.5), new Lambda((x) => x.view(-1))]);
}
