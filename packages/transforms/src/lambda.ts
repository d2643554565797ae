import { type Tensor, ValueError } from "@kindling/core";
import { pythonType, surplusArguments } from "@kindling/core/extend";
import { CallableTransform } from "./callable-transform.ts";

/**
 * A function of one's own over one sample. It is always called once for each sample, in a batch too: what it does may
 * depend on there being no batch dimension, as `x => x.view(-1)` does.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.Lambda.html
 */
export class Lambda extends CallableTransform {
  readonly lambd: (x: Tensor) => Tensor;

  constructor(lambd: (x: Tensor) => Tensor) {
    if (arguments.length > 1) throw surplusArguments("new Lambda(lambd)", arguments.length);
    super();
    if (typeof lambd !== "function") {
      throw new ValueError(
        "Lambda",
        `Argument lambd should be callable, got '${pythonType(lambd)}'`,
        "",
        "Hand in a function of one tensor: new Lambda((x) => x.view(-1)).",
      );
    }
    this.lambd = lambd;
  }

  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Lambda.apply(x)", arguments.length);
    return this.lambd(x);
  }

  override toString(): string {
    return "Lambda()";
  }
}
