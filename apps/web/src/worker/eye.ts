import { type Device, fromBuffer, noGrad, scope, type Tensor } from "@kindling/core";
import { detachFromScope } from "@kindling/core/extend";
import type { DigitNet } from "@kindling/recipes";
import { mnistTransform } from "@kindling/recipes";

/** What a network takes images for: the likeliest class of each, and how sure it is of it (255 is certain). */
export interface Seen {
  readonly predictions: Uint8Array;
  readonly confidences: Uint8Array;
}

/** Looks through a network without changing anything: no gradient is recorded, and nothing drops out. */
export class Eye {
  readonly net: DigitNet;
  readonly device: Device;
  /** Whether the forward that runs is its own, not the training's. */
  isLooking = false;

  constructor(net: DigitNet, device: Device) {
    this.net = net;
    this.device = device;
  }

  /** The probabilities of one drawing, 28 x 28 bytes. */
  async classify(image: Uint8Array): Promise<number[]> {
    const probabilities = scope(() => {
      const transform = mnistTransform(this.net.inputSize.length === 3 ? "cnn" : "mlp");
      const x = transform(fromBuffer(image, [28, 28]))
        .unsqueeze(0)
        .to(this.device);
      return this.#forward(x).softmax(1).squeeze(0);
    });
    return [...(await taken(probabilities))];
  }

  /** What it sees in a batch that is on its device. */
  async look(batch: Tensor): Promise<Seen> {
    const seen = scope(() => {
      const { values, indices } = noGrad(() => this.#forward(batch).softmax(1).max(1));
      return { values, indices };
    });
    const [values, indices] = await Promise.all([taken(seen.values), taken(seen.indices)]);
    return seenOf(values, indices);
  }

  /** In evaluation mode, and back: between two steps of a training nobody sees that it was. */
  #forward(x: Tensor): Tensor {
    const { net } = this;
    const { training } = net;
    net.eval();
    this.isLooking = true;
    try {
      return noGrad(() => net(x));
    } finally {
      this.isLooking = false;
      net.train(training);
    }
  }
}

export function seenOf(values: ArrayLike<number>, indices: ArrayLike<number>): Seen {
  return {
    predictions: Uint8Array.from(indices),
    confidences: Uint8Array.from(values, (value) => Math.round(255 * value)),
  };
}

/** The numbers of a tensor, which is freed. */
export async function taken(tensor: Tensor): Promise<ArrayLike<number> & Iterable<number>> {
  detachFromScope(tensor);
  try {
    return await tensor.toTypedArray();
  } finally {
    tensor.dispose();
  }
}
