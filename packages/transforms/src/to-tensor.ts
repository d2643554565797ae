import { DTypeError, ShapeError, type Tensor } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";
import { CallableTransform } from "./callable-transform.ts";

/**
 * Bytes to floats: `x / 255`. Shapes: `[H, W]` uint8 to `[1, H, W]` float32, `[C, H, W]` uint8 to `[C, H, W]` float32.
 *
 * Nothing is computed here: over bytes the division waits until somebody reads, or moves the tensor to a device.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.ToTensor.html
 */
export class ToTensor extends CallableTransform {
  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("ToTensor.apply(x)", arguments.length);
    checkTensor("ToTensor", x, "pic");
    return convert(x, 0);
  }

  batch(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("ToTensor.batch(x)", arguments.length);
    checkTensor("ToTensor", x, "pic");
    return convert(x, 1);
  }

  override toString(): string {
    return "ToTensor()";
  }
}

/** `leading` dimensions stand before the image's own. */
function convert(x: Tensor, leading: number): Tensor {
  if (x.dtype !== "uint8") {
    throw new DTypeError(
      "ToTensor",
      "pic should be PIL Image or ndarray. Got <class 'torch.Tensor'>",
      `an image here is a uint8 tensor, and this one is ${x.dtype}`,
      "Use ToTensor once, and first: what it gives is a float tensor already.",
    );
  }
  const ndim = x.ndim - leading;
  if (ndim !== 2 && ndim !== 3) {
    throw new ShapeError(
      "ToTensor",
      `pic should be 2/3 dimensional. Got ${ndim} dimensions.`,
      "",
      "An image is [H, W] or [C, H, W].",
    );
  }
  return (ndim === 2 ? x.unsqueeze(leading) : x).to("float32").div(255);
}
