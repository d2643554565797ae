import { conv2d, linear, maxPool2d, rand, relu, type Tensor, tensor } from "@kindling/core";
import { asBuffer, asParameter } from "@kindling/core/extend";
import type { Exportable } from "../tracing/trace.ts";

export type { Exportable };

/** A network without `nn`: convolution, pooling, a layer that looks at `training`, and a linear layer. */
export class SmallNet implements Exportable {
  training = true;
  weight = asParameter(rand([2, 1, 3, 3]).sub(0.5));
  bias = asParameter(rand([2]).sub(0.5));
  head = asParameter(rand([4, 18]).sub(0.5));
  shift = asBuffer(tensor([0.5, -0.5, 1, 2]));

  forward(x: Tensor): Tensor {
    const seen = relu(conv2d(x, this.weight, this.bias, { padding: 1 }));
    const pooled = maxPool2d(seen, 2);
    const out = linear(pooled.flatten(1), this.head).add(this.shift);
    return this.training ? out.mul(100) : out.softmax(1);
  }

  /** The result of `forward` in eval mode. */
  evaluated(x: Tensor): Tensor {
    this.training = false;
    const out = this.forward(x).detach();
    this.training = true;
    return out;
  }

  *namedParameters(): Iterable<[string, Tensor]> {
    yield ["conv.weight", this.weight];
    yield ["conv.bias", this.bias];
    yield ["head.weight", this.head];
  }

  *namedBuffers(): Iterable<[string, Tensor]> {
    yield ["shift", this.shift];
  }

  *modules(): Iterable<{ training: boolean }> {
    yield this;
  }
}

/** A function as a network. */
export function plain(forward: (...inputs: Tensor[]) => unknown): Exportable {
  return { forward, namedParameters: () => [], namedBuffers: () => [], modules: () => [] };
}
