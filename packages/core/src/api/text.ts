import { ArgumentTypeError } from "../base/errors.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { formatParameter, formatTensor } from "../format/format-tensor.ts";
import type { NestedArray } from "../tensor/nested-array.ts";
import { isParameter } from "../tensor/persistent.ts";
import { Tensor } from "../tensor/tensor.ts";

// How a tensor is printed, and what becomes of it where JavaScript asks for a string or a number.

declare module "../tensor/tensor.ts" {
  interface Tensor {
    /**
     * The elements as nested arrays, for `JSON.stringify`; NaN and infinities become null there, as everywhere in JSON.
     *
     * @throws ShapeError on a device that cannot be read without waiting: write `JSON.stringify(await x.toList())`
     */
    toJSON(): NestedArray;
  }
}

/** The print form. A device that cannot be read without waiting shows no elements. */
function toText(x: Tensor): string {
  if (x.isDisposed) return `tensor(<freed>, shape=[${x.shape.join(", ")}], made by ${x.op})`;
  const { shape, dtype, device, requiresGrad } = x;
  const host = x.hostElements();
  if (host === null && device.downloadSync === undefined) {
    return `tensor(..., size=(${shape.join(", ")}), device='${device.name}')`;
  }
  const contents = {
    data: x.toTypedArraySync(),
    shape,
    dtype,
    ...(device !== cpu && { device: device.name }),
    requiresGrad,
    gradFn: x.gradFn?.name ?? null,
  };
  return isParameter(x) ? formatParameter(contents) : formatTensor(contents);
}

Object.defineProperties(Tensor.prototype, {
  [Symbol.toPrimitive]: {
    value(this: Tensor, hint: string) {
      if (hint === "string") return toText(this);
      throw new ArgumentTypeError(
        "Tensor",
        "a tensor is not a number: JavaScript's operators do not take tensors",
        "",
        hint === "number"
          ? "Write x.mul(2), x.gt(0), ... for x * 2, x > 0, ...; await x.item() gives the number of a single element."
          : "Write x.add(1) for x + 1, x.eq(1) for x == 1, String(x) to print; await x.item() gives the number of a single element.",
      );
    },
  },
  // Called by JSON.stringify.
  toJSON: {
    value(this: Tensor) {
      return this.toListSync();
    },
  },
  toString: {
    value(this: Tensor) {
      return toText(this);
    },
  },
  // Called by Node's console.log.
  [Symbol.for("nodejs.util.inspect.custom")]: {
    value(this: Tensor) {
      return toText(this);
    },
  },
});
