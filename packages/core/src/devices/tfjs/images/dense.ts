import { type Pair, sidesOf } from "../../images/attributes.ts";
import type { TensorInfo } from "../handle.ts";
import type { TfjsRunner } from "../runner.ts";
import { dilatedFilter } from "./dilated-filter.ts";
import { type Geometry, isDilated, nativeAttributes, outputSize } from "./geometry.ts";
import { Steps } from "./steps.ts";

// Convolutions of all channels with all. Images are `[N, H, W, C]`, filters `[kh, kw, in, out]`.

/** The two sizes of a shape that begin at `at`. */
function sizesAt(shape: readonly number[], at: number): Pair {
  return [shape[at] as number, shape[at + 1] as number];
}

function convolve(steps: Steps, x: TensorInfo, filter: TensorInfo, geometry: Geometry): TensorInfo {
  const [oh, ow] = outputSize(sizesAt(x.shape, 1), sizesAt(filter.shape, 0), geometry);
  const shape = [x.shape[0] as number, oh, ow, filter.shape[3] as number];
  return steps.onImages("Conv2D", { x, filter }, nativeAttributes(geometry), shape);
}

export function denseConvolution(
  device: TfjsRunner,
  x: TensorInfo,
  filter: TensorInfo,
  geometry: Geometry,
): TensorInfo {
  return convolve(new Steps(device), x, filter, geometry);
}

/** The gradient of the image. tfjs's kernel knows no dilation (4.22, Conv2DBackpropInput: it takes 1 for it). */
export function denseInputGradient(
  device: TfjsRunner,
  dy: TensorInfo,
  filter: TensorInfo,
  inputShape: readonly number[],
  geometry: Geometry,
): TensorInfo {
  const steps = new Steps(device);
  const native = (kernel: TensorInfo): TensorInfo => {
    const attrs = { ...nativeAttributes({ ...geometry, dilations: [1, 1] }), inputShape };
    return steps.onImages("Conv2DBackpropInput", { dy, filter: kernel }, attrs, inputShape);
  };
  if (!isDilated(geometry)) return native(filter);
  const { strides, pad, dilations } = geometry;
  const around = sidesOf(
    pad.map((sides, i) => {
      const reach = (dilations[i] as number) * ((filter.shape[i] as number) - 1);
      return sides.map((side) => reach - side);
    }),
  );
  if (strides[0] * strides[1] > 1 || Math.min(...around.flat()) < 0) {
    return steps.end(native(dilatedFilter(steps, filter, dilations)));
  }
  // With strides of 1: dy, convolved with the filter turned around, dilated the same way.
  const turned = steps.run("flip", { x: filter }, { dims: [0, 1] }, filter.shape);
  const full: Geometry = { strides, dilations, pad: around };
  return steps.end(convolve(steps, dy, steps.transposed(turned, [0, 1, 3, 2]), full));
}

/** The gradient of the filter. tfjs's kernel knows no dilation (4.22, Conv2DBackpropFilter). */
export function denseFilterGradient(
  device: TfjsRunner,
  x: TensorInfo,
  dy: TensorInfo,
  filterShape: readonly number[],
  geometry: Geometry,
): TensorInfo {
  const steps = new Steps(device);
  if (!isDilated(geometry)) {
    return steps.onImages(
      "Conv2DBackpropFilter",
      { x, dy },
      { ...nativeAttributes(geometry), filterShape },
      filterShape,
    );
  }
  // Each channel of x is an image of its own whose channels are the batch, and dy the filter: strides and dilations change places.
  const { strides, pad, dilations } = geometry;
  const exchanged: Geometry = { strides: dilations, dilations: strides, pad };
  const images = steps.transposed(x, [3, 1, 2, 0]);
  const kernels = steps.transposed(dy, [1, 2, 0, 3]);
  const [kh, kw, channels, outputs] = filterShape as readonly [number, number, number, number];
  const found = convolve(steps, images, kernels, exchanged);
  // Where strides leave a rest, more places come out than the filter has.
  const fits = found.shape[1] === kh && found.shape[2] === kw;
  const cut = fits ? found : steps.sliced(found, [0, 0, 0, 0], [channels, kh, kw, outputs]);
  return steps.end(steps.transposed(cut, [1, 2, 0, 3]));
}
