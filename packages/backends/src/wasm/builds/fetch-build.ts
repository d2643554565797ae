import { DeviceError, type FileBytes } from "@kindling/core";
import { absolute, readUrl } from "#read-url";
import { messageOf } from "../../absent-device.ts";

/** A `.wasm` file that was asked for by its URL, or in Node by its path. */
export async function fetchBuild(url: string): Promise<FileBytes> {
  let bytes: FileBytes;
  try {
    bytes = await readUrl(url);
  } catch (cause) {
    // Node's fetch leaves the reason to the cause of its error.
    const reason = cause instanceof Error && cause.cause !== undefined ? ` (${messageOf(cause.cause)})` : "";
    throw notThere(url, messageOf(cause) + reason, cause);
  }
  if (isWebAssembly(bytes)) return bytes;
  const got = looksLikeMarkup(bytes) ? "an HTML page" : `${bytes.length} bytes that are not WebAssembly`;
  throw notThere(url, `the server sent ${got}`);
}

/** Each begins with `\0asm`. */
function isWebAssembly([zero, a, s, m]: Uint8Array): boolean {
  return zero === 0 && a === 0x61 && s === 0x73 && m === 0x6d;
}

/** A server for pages of one entry answers everything that it does not have with that entry. */
function looksLikeMarkup(bytes: Uint8Array): boolean {
  return /^\s*<[!?a-z]/i.test(new TextDecoder().decode(bytes.subarray(0, 256)));
}

function notThere(url: string, got: string, cause?: unknown): DeviceError {
  const error = new DeviceError(
    "wasm",
    `the .wasm file ${absolute(url)} cannot be loaded`,
    got,
    "Serve the files of @tensorflow/tfjs-backend-wasm/dist there, name their folder with the option wasmPaths, or omit wasmPaths: @kindling/backends brings them.",
  );
  if (cause !== undefined) error.cause = cause;
  return error;
}
