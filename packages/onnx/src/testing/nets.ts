import { conv2d, linear, maxPool2d, rand, relu, type Tensor, tensor } from "@kindling/core";
import { asBuffer, asParameter, CALL, Callable } from "@kindling/core/extend";
import type { Exportable } from "../tracing/trace.ts";

export type { Exportable };

export interface SmallNet {
  // biome-ignore lint/style/useShorthandFunctionType: a type cannot be merged with the class
  (x: Tensor): Tensor;
}

/** A network without `nn`: convolution, pooling, a layer that looks at `training`, and a linear layer. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface says what a call takes
export class SmallNet extends Callable implements Exportable {
  training = true;
  weight = asParameter(rand([2, 1, 3, 3]).sub(0.5));
  bias = asParameter(rand([2]).sub(0.5));
  head = asParameter(rand([4, 18]).sub(0.5));
  shift = asBuffer(tensor([0.5, -0.5, 1, 2]));

  protected override [CALL]([x]: [Tensor]): Tensor {
    const seen = relu(conv2d(x, this.weight, this.bias, { padding: 1 }));
    const pooled = maxPool2d(seen, 2);
    const out = linear(pooled.flatten(1), this.head).add(this.shift);
    return this.training ? out.mul(100) : out.softmax(1);
  }

  /** The result of a call in eval mode. */
  evaluated(x: Tensor): Tensor {
    this.training = false;
    const out = this[CALL]([x]).detach();
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
export function plain(
  fn: (...inputs: Tensor[]) => unknown,
  parameters: Readonly<Record<string, Tensor>> = {},
): Exportable {
  const call = (...inputs: Tensor[]): unknown => fn(...inputs);
  return Object.assign(call, {
    namedParameters: () => Object.entries(parameters),
    namedBuffers: () => [],
    modules: () => [],
  });
}
