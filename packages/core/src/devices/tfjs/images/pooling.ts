import type { Attributes, Handle, Operand, TensorSpec } from "../../../device/device.ts";
import { imageShapeOf, sidesOf } from "../../images/attributes.ts";
import type { TensorInfo } from "../handle.ts";
import type { TfjsRunner } from "../runner.ts";
import { nativePad } from "./geometry.ts";
import { channelsLast, handleOfImage, imageOf, rowsOf } from "./layout.ts";
import { Steps } from "./steps.ts";

type Operands = Readonly<Record<string, Operand>>;

function nativeAttributes(attrs: Attributes): Attributes {
  return {
    filterSize: attrs.filterSize,
    strides: attrs.strides,
    pad: nativePad(sidesOf(attrs.pad)),
  };
}

/** The largest of each window. tfjs's kernels pass over NaN (4.22, pool_utils.js), which wins in PyTorch. */
export function maxPool(
  device: TfjsRunner,
  inputs: Operands,
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Handle[] {
  const [spec] = outs as [TensorSpec];
  const x = imageOf(device, inputs.x as Operand);
  const native = nativeAttributes(attrs);
  const shape = channelsLast(imageShapeOf(spec.shape));
  const steps = new Steps(device);
  const pool = (image: TensorInfo): TensorInfo => steps.onImages("MaxPool", { x: image }, native, shape);
  const largest = pool(x);
  if (device.overridesOnImages("MaxPool")) return [handleOfImage(device, steps.end(largest), spec)];
  const missing = steps.run("IsNan", { x }, {}, x.shape, "bool");
  const counted = steps.run("Cast", { x: missing }, { dtype: "float32" }, x.shape, "float32");
  const found = steps.run("Cast", { x: pool(counted) }, { dtype: "bool" }, shape, "bool");
  const nan = steps.run("Fill", [], { shape, value: Number.NaN, dtype: "float32" }, shape, "float32");
  const out = steps.run("Select", { condition: found, t: nan, e: largest }, {}, shape, "float32");
  return [handleOfImage(device, steps.end(out), spec)];
}

/** Each window's gradient to its first largest element. */
export function maxPoolGrad(
  device: TfjsRunner,
  inputs: Operands,
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Handle[] {
  const [spec] = outs as [TensorSpec];
  const [dy, input, output] = [inputs.dy, inputs.input, inputs.output].map((each) => imageOf(device, each as Operand));
  const shape = channelsLast(imageShapeOf(spec.shape));
  const infos = { dy: dy as TensorInfo, input: input as TensorInfo, output: output as TensorInfo };
  const steps = new Steps(device);
  return [handleOfImage(device, steps.onImages("MaxPoolGrad", infos, nativeAttributes(attrs), shape), spec)];
}

/**
 * The largest of each window and where it stands in its plane. Each plane is taken for an image of one channel, since tfjs counts
 * positions over the channels too.
 */
export function maxPoolWithArgmax(
  device: TfjsRunner,
  inputs: Operands,
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Handle[] {
  const [n, c, h, w] = imageShapeOf((inputs.x as Operand).shape);
  const [, , oh, ow] = imageShapeOf((outs[0] as TensorSpec).shape);
  const x = { ...rowsOf(device, inputs.x as Operand), shape: [n * c, h, w, 1] };
  const shape = [n * c, oh, ow, 1];
  const found = device.runOnImages(
    "MaxPoolWithArgmax",
    { x },
    { ...nativeAttributes(attrs), includeBatchInIndex: false },
    [
      { shape, dtype: "float32" },
      { shape, dtype: "int32" },
    ],
  );
  return found.map(({ dataId }, i) => device.handleOf(dataId, outs[i] as TensorSpec));
}
