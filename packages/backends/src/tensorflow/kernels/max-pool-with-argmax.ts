import { type KernelOverride, maxPoolInto, maxPoolingOf, maxPoolPlacesInto } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";

/**
 * The largest of each window and where it stands in its plane: `[N, C, H, W]`, computed off the device. TensorFlow's op pads on no side by
 * itself and passes over NaN; places are asked for once a program by who wants to unpool, and by second derivatives.
 */
export const maxPool2dWithIndices: KernelOverride<"maxPool2dWithIndices"> = ({ backend }, { x }, attrs, outs) => {
  const shape = [...(outs[0]?.shape ?? [])];
  const pooling = maxPoolingOf(x.shape, shape, attrs);
  const source = backend.readSync(x.dataId) as Float32Array;
  const [values, places] = [new Float32Array(numel(shape)), new Int32Array(numel(shape))];
  maxPoolInto(pooling, source, values);
  maxPoolPlacesInto(pooling, source, places);
  return [
    { dataId: backend.write(values, shape, "float32"), shape, dtype: "float32" },
    { dataId: backend.write(places, shape, "int32"), shape, dtype: "int32" },
  ];
};
