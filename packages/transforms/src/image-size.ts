import { ShapeError, type Tensor } from "@kindling/core";
import { checkTensor } from "@kindling/core/extend";

/** Height and width: the last two dimensions of an image, or of a batch of them. */
export function imageSize(op: string, x: Tensor): readonly [height: number, width: number] {
  checkTensor(op, x, "img");
  if (x.ndim < 2) {
    throw new ShapeError(
      op,
      "Tensor is not a torch image.",
      "",
      `Its shape is [${x.shape.join(", ")}], an image is [..., H, W]: put this before what flattens it.`,
    );
  }
  return [x.shape.at(-2) as number, x.shape.at(-1) as number];
}
