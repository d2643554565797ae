import { numel, sameShape } from "../../../base/shape.ts";
import type { Attributes, Operand, Operands, TensorSpec } from "../../../device/device.ts";
import { imageShapeOf } from "../../images/attributes.ts";
import { isImageOnly, type TensorInfo, type TfjsHandle } from "../handle.ts";
import { POINTWISE } from "../pointwise.ts";
import type { TfjsInputs, TfjsRunner } from "../runner.ts";
import { asImageShape, channelsLast, handleOfImage, imageOf, rowsOf } from "./layout.ts";

/** Kernels that reduce dimensions, and what they call these. */
const REDUCTIONS: ReadonlyMap<string, string> = new Map([
  ["Max", "reductionIndices"],
  ["Min", "axis"],
  ["Sum", "axis"],
]);

/** Where our dimensions stand with the channels last. */
const PLACES = [0, 3, 1, 2];

/**
 * A kernel over images that does not care for their order, run on them as they are: so that a network's images are converted once and
 * not once a layer. Null where the kernel does care, or an image is seen through a view of another shape.
 */
export function keepingLayout(
  device: TfjsRunner,
  kernel: string,
  inputs: Operands,
  attrs: Attributes,
  outs: readonly TensorSpec[],
): TfjsHandle | null {
  const spec = outs[0] as TensorSpec;
  const operands = Object.values(inputs as Readonly<Record<string, Operand>>);
  if (!operands.every(isSeenAsItIs)) return null;
  if (POINTWISE.has(kernel)) return pointwise(device, kernel, inputs as Readonly<Record<string, Operand>>, attrs, spec);
  const dims = REDUCTIONS.get(kernel);
  return dims === undefined ? null : reduced(device, kernel, operands[0] as Operand, attrs, dims, spec);
}

/** Whether an operand that is held as an image only is read in the shape of that image. */
function isSeenAsItIs({ handle, shape }: Operand): boolean {
  return !isImageOnly(handle) || sameShape((handle as TfjsHandle).image?.shape ?? [], shape);
}

function pointwise(
  device: TfjsRunner,
  kernel: string,
  inputs: Readonly<Record<string, Operand>>,
  attrs: Attributes,
  spec: TensorSpec,
): TfjsHandle | null {
  if (spec.shape.length !== 4) return null;
  const infos: Record<string, TensorInfo> = {};
  for (const [name, operand] of Object.entries(inputs)) {
    const shape = asImageShape(operand.shape);
    if (shape === null) return null;
    // A scalar is one in any order; a vector of the last dimension, or one of the channels, is an image of its own.
    infos[name] = numel(shape) === 1 ? rowsOf(device, operand) : imageOf(device, operand, shape);
  }
  const shape = channelsLast(imageShapeOf(spec.shape));
  const [out] = device.runTfjs(kernel, infos as TfjsInputs, attrs, [{ shape, dtype: spec.dtype }]) as [TensorInfo];
  return handleOfImage(device, out, spec);
}

function reduced(
  device: TfjsRunner,
  kernel: string,
  x: Operand,
  attrs: Attributes,
  dims: string,
  spec: TensorSpec,
): TfjsHandle {
  const over = attrs[dims] as readonly number[];
  const image = imageOf(device, x);
  const shape = imageShapeOf(x.shape.map((size, dim) => (over.includes(dim) ? 1 : size)));
  const places = over.map((dim) => PLACES[dim] as number).sort((a, b) => a - b);
  const out = device.runTfjs(kernel, { x: image }, { ...attrs, [dims]: places, keepDims: true }, [
    { shape: channelsLast(shape), dtype: spec.dtype },
  ])[0] as TensorInfo;
  const kept = handleOfImage(device, out, { shape, dtype: spec.dtype });
  if (!isImageOnly(kept) || sameShape(shape, spec.shape)) return kept;
  // Its shape has lost dimensions: nothing that knows images will ask for it.
  const { dataId } = rowsOf(device, { handle: kept, shape, dtype: spec.dtype });
  device.release(out);
  return device.handleOf(dataId, spec);
}
