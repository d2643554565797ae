import { type Device, type DType, DTypeError, type Tensor, ValueError } from "@kindling/core";
import { describeValue, isDevice, namesDevice, notADevice, setData } from "@kindling/core/extend";

/** Gives a tensor the content of another, with its dtype and device. */
export function replaceContent(tensor: Tensor, by: Tensor): void {
  if (by === tensor) return;
  setData(tensor, by);
  by.dispose();
}

/** Throws for what a module cannot be moved or converted to. */
export function checkTarget(target: Device | DType): void {
  if (target === "float32" || isDevice(target)) return;
  if (typeof target === "string" && ["int32", "uint8", "bool"].includes(target)) {
    throw new DTypeError(
      "to",
      `nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.${target}`,
      "",
      "Convert single tensors with t.to(dtype).",
    );
  }
  if (namesDevice(target)) throw notADevice("to", target, (device) => `net.to(${device})`);
  throw new ValueError(
    "to",
    "Expected a device or a dtype",
    `got ${describeValue(target)}`,
    'Write net.to(await device("auto")), or net.to("float32").',
  );
}
