import { type Device, DTypeError, type DTypeName, type Tensor, ValueError } from "@kindling/core";
import { describeValue, dtypeNamed, isDevice, isFloat, namesDevice, notADevice, setData } from "@kindling/core/extend";

/** Gives a tensor the content of another, with its dtype and device. */
export function replaceContent(tensor: Tensor, by: Tensor): void {
  if (by === tensor) return;
  setData(tensor, by);
  by.dispose();
}

/** Throws for what a module cannot be moved or converted to. */
export function checkTarget(target: Device | DTypeName): void {
  if (isDevice(target)) return;
  const dtype = dtypeNamed(target);
  if (dtype !== undefined && isFloat(dtype)) return;
  if (dtype !== undefined) {
    throw new DTypeError(
      "to",
      `nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.${dtype}`,
      "",
      "Convert single tensors with t.to(dtype).",
    );
  }
  if (namesDevice(target)) throw notADevice("to", target, (device) => `net.to(${device})`);
  throw new ValueError(
    "to",
    "Expected a device or a dtype",
    `got ${describeValue(target)}`,
    'Write net.to(await device("auto")), or net.to("float64").',
  );
}
