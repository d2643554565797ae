import { fromBuffer, type Tensor } from "@kindling/core";
import { CenterCrop } from "../center-crop.ts";
import { Compose } from "../compose.ts";
import { Lambda } from "../lambda.ts";
import { Normalize } from "../normalize.ts";
import { RandomHorizontalFlip } from "../random-horizontal-flip.ts";
import { RandomRotation } from "../random-rotation.ts";
import { Resize } from "../resize.ts";
import { ToTensor } from "../to-tensor.ts";
import type { TransformCase } from "./transform-laws.ts";

const bytes = (...shape: number[]): Tensor =>
  fromBuffer(
    Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i * 2654435761) >>> 24),
    shape,
  );
const floats = (...shape: number[]): Tensor =>
  bytes(...shape)
    .to("float32")
    .div(255);

/** Each transform of this package with something to try it on: the laws run over all of them. */
export const transformCases: Readonly<Record<string, readonly TransformCase[]>> = {
  CenterCrop: [
    { make: () => new CenterCrop(6), samples: () => bytes(3, 9, 8) },
    { make: () => new CenterCrop([12, 5]), samples: () => bytes(3, 2, 9, 8) },
    { make: () => new CenterCrop([12, 5]), samples: () => floats(3, 1, 9, 8) },
  ],
  Compose: [
    {
      make: () => new Compose([new ToTensor(), new Normalize(0.5, 0.5), new Lambda((x) => x.view(-1))]),
      samples: () => bytes(5, 4, 6),
    },
    {
      make: () => new Compose([new RandomHorizontalFlip(), new RandomRotation(40), new ToTensor()]),
      samples: () => bytes(8, 9, 9),
    },
    {
      make: () =>
        new Compose([new Compose([new RandomHorizontalFlip(), (x) => x]), new ToTensor(), new RandomHorizontalFlip()]),
      samples: () => bytes(8, 4, 4),
    },
  ],
  Lambda: [{ make: () => new Lambda((x) => x.view(-1)), samples: () => bytes(4, 3, 5) }],
  Normalize: [
    { make: () => new Normalize(0.1307, 0.3081), samples: () => floats(3, 1, 4, 4) },
    { make: () => new Normalize([0.1, 0.2, 0.3], [0.4, 0.5, 0.6]), samples: () => floats(4, 3, 2, 2) },
  ],
  RandomHorizontalFlip: [
    { make: () => new RandomHorizontalFlip(), samples: () => bytes(9, 4, 5) },
    { make: () => new RandomHorizontalFlip(), samples: () => bytes(9, 3, 4, 5) },
    { make: () => new RandomHorizontalFlip(0.3), samples: () => floats(9, 1, 4, 5) },
  ],
  RandomRotation: [
    { make: () => new RandomRotation(30), samples: () => bytes(5, 9, 9) },
    { make: () => new RandomRotation([10, 80], { interpolation: "bilinear", fill: 9 }), samples: () => bytes(5, 9, 7) },
    { make: () => new RandomRotation(30, { fill: [0.1, 0.2, 0.3] }), samples: () => floats(5, 3, 9, 9) },
  ],
  Resize: [
    { make: () => new Resize(14), samples: () => bytes(3, 9, 12) },
    { make: () => new Resize([4, 5], { interpolation: "bicubic" }), samples: () => bytes(3, 2, 9, 12) },
    { make: () => new Resize([5, 20]), samples: () => floats(3, 1, 9, 12) },
  ],
  ToTensor: [
    { make: () => new ToTensor(), samples: () => bytes(3, 4, 5) },
    { make: () => new ToTensor(), samples: () => bytes(3, 3, 4, 5) },
  ],
};
