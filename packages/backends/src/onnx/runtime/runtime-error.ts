import { DeviceError, IndexOutOfRangeError, KindlingError } from "@kindling/core";

/** How the runtime reports an index beyond a dimension: Gather and ScatterElements, ScatterND, GatherElements (1.30.0). */
const OUT_OF_RANGE = [
  /out of data bounds, idx=(?<index>-?\d+) must be within the inclusive range (?<range>\[.*\])/,
  /invalid indice found, indice = (?<index>-?\d+)/,
  /Out of range value in index tensor/,
];

function outOfRange({ index, range }: Readonly<Record<string, string>>): IndexOutOfRangeError {
  const which = index === undefined ? "an index that was computed on the device" : `index ${index}`;
  const detail = range === undefined ? which : `${which} is not within ${range}`;
  return new IndexOutOfRangeError("onnx", "index out of range in self", detail);
}

/** What ONNX Runtime says when it cannot compile or compute something, as an error of this library. */
export function runtimeError(cause: unknown): KindlingError {
  if (cause instanceof KindlingError) return cause;
  const message = cause instanceof Error ? (cause.message.split("\n")[0] as string) : String(cause);
  const found = OUT_OF_RANGE.map((pattern) => pattern.exec(message)).find((match) => match !== null);
  const error =
    found == null
      ? new DeviceError("onnx", "ONNX Runtime could not compute this", message)
      : outOfRange(found.groups ?? {});
  error.cause = cause;
  return error;
}
