import { numel, sameShape } from "../../../base/shape.ts";
import type { Operand, Operands, TensorSpec } from "../../../device/device.ts";
import { type AttributesOf, type InputsOf, type KernelName, traits } from "../../../device/kernels.ts";
import { imageShapeOf } from "../../images/attributes.ts";
import { isImageOnly, type TensorInfo, type TfjsHandle } from "../handle.ts";
import type { Infos, TfjsRunner } from "../runner.ts";
import { asImageShape, channelsLast, handleOfImage, imageOf, rowsOf } from "./layout.ts";

/** Kernels that images are reduced by as they are. */
type Reduced = "amax" | "amin" | "sum";
const REDUCED: ReadonlySet<KernelName> = new Set<Reduced>(["amax", "amin", "sum"]);

/** Where our dimensions stand with the channels last. */
const PLACES = [0, 3, 1, 2];

/**
 * A kernel over images that does not care for their order, run on them as they are: so that a network's images are converted once and
 * not once a layer. Null where the kernel does care, or an image is seen through a view of another shape.
 */
export function keepingLayout<K extends KernelName>(
  device: TfjsRunner,
  kernel: K,
  inputs: InputsOf<K>,
  attrs: AttributesOf<K>,
  outs: readonly TensorSpec[],
): TfjsHandle | null {
  const spec = outs[0] as TensorSpec;
  const operands: Operands = inputs;
  if (!Object.values<Operand>(operands as Readonly<Record<string, Operand>>).every(isSeenAsItIs)) return null;
  if (traits[kernel] === "pointwise") return pointwise(device, kernel, inputs, attrs, spec);
  if (!REDUCED.has(kernel)) return null;
  return reduced(device, kernel as Reduced, inputs as InputsOf<Reduced>, attrs as AttributesOf<Reduced>, spec);
}

/** Whether an operand that is held as an image only is read in the shape of that image. */
function isSeenAsItIs({ handle, shape }: Operand): boolean {
  return !isImageOnly(handle) || sameShape((handle as TfjsHandle).image?.shape ?? [], shape);
}

function pointwise<K extends KernelName>(
  device: TfjsRunner,
  kernel: K,
  inputs: InputsOf<K>,
  attrs: AttributesOf<K>,
  spec: TensorSpec,
): TfjsHandle | null {
  if (spec.shape.length !== 4) return null;
  const infos: Record<string, TensorInfo> = {};
  for (const [name, operand] of Object.entries(inputs as Readonly<Record<string, Operand>>)) {
    const shape = asImageShape(operand.shape);
    if (shape === null) return null;
    // A scalar is one in any order; a vector of the last dimension, or one of the channels, is an image of its own.
    infos[name] = numel(shape) === 1 ? rowsOf(device, operand) : imageOf(device, operand, shape);
  }
  const shape = channelsLast(imageShapeOf(spec.shape));
  const [out] = device.runKernel(kernel, infos as Infos<K>, attrs, [{ shape, dtype: spec.dtype }]);
  return handleOfImage(device, out as TensorInfo, spec);
}

function reduced(
  device: TfjsRunner,
  kernel: Reduced,
  { x }: InputsOf<Reduced>,
  { dims }: AttributesOf<Reduced>,
  spec: TensorSpec,
): TfjsHandle {
  const image = imageOf(device, x);
  const shape = imageShapeOf(x.shape.map((size, dim) => (dims.includes(dim) ? 1 : size)));
  const places = dims.map((dim) => PLACES[dim] as number).sort((a, b) => a - b);
  const out = device.runKernel(kernel, { x: image }, { dims: places, keepdim: true }, [
    { shape: channelsLast(shape), dtype: spec.dtype },
  ])[0] as TensorInfo;
  const kept = handleOfImage(device, out, { shape, dtype: spec.dtype });
  if (!isImageOnly(kept) || sameShape(shape, spec.shape)) return kept;
  // Its shape has lost dimensions: nothing that knows images will ask for it.
  const { dataId } = rowsOf(device, { handle: kept, shape, dtype: spec.dtype });
  device.release(out);
  return device.handleOf(dataId, spec);
}
