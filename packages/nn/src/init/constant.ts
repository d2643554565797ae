import { fromBuffer, noGrad, ShapeError, scope, type Tensor } from "@kindling/core";
import { checkTensor, formatShape, surplusArguments } from "@kindling/core/extend";

/** Fills with one value. Like all of `init`, records nothing and gives the tensor back. */
export function constant_(tensor: Tensor, value: number): Tensor {
  if (arguments.length > 2) throw surplusArguments("constant_(tensor, value)", arguments.length);
  checkTensor("constant_", tensor, "tensor");
  return noGrad(() => tensor.fill_(value));
}

/** Fills with ones. */
export function ones_(tensor: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("ones_(tensor)", arguments.length);
  return constant_(tensor, 1);
}

/** Fills with zeros. */
export function zeros_(tensor: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("zeros_(tensor)", arguments.length);
  return constant_(tensor, 0);
}

/**
 * Fills a matrix with the identity: ones on the diagonal.
 *
 * @throws ShapeError `Only tensors with 2 dimensions are supported`
 */
export function eye_(tensor: Tensor): Tensor {
  if (arguments.length > 1) throw surplusArguments("eye_(tensor)", arguments.length);
  checkTensor("eye_", tensor, "tensor");
  const [rows, columns, ...more] = tensor.shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    throw new ShapeError(
      "eye_",
      "Only tensors with 2 dimensions are supported",
      `the shape is ${formatShape(tensor.shape)}`,
    );
  }
  const elements = new Float32Array(rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) elements[i * columns + i] = 1;
  return fillFrom(tensor, elements);
}

/** Fills with elements computed in ordinary memory. */
export function fillFrom(tensor: Tensor, elements: Float32Array): Tensor {
  return noGrad(() => scope(() => tensor.copy_(fromBuffer(elements, tensor.shape))));
}
