import { DeviceError, IndexOutOfRangeError, KindlingError } from "@kindling/core";

/** What ONNX Runtime says when it cannot compile or compute something, as an error of this library. */
export function runtimeError(cause: unknown): KindlingError {
  if (cause instanceof KindlingError) return cause;
  const message = cause instanceof Error ? (cause.message.split("\n")[0] as string) : String(cause);
  const index = /out of data bounds, idx=(-?\d+) must be within the inclusive range (\[.*\])/.exec(message);
  const error =
    index === null
      ? new DeviceError("onnx", "ONNX Runtime could not compute this", message)
      : new IndexOutOfRangeError("onnx", "index out of range in self", `index ${index[1]} is not within ${index[2]}`);
  error.cause = cause;
  return error;
}
