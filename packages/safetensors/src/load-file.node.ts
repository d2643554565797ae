import { type FileHandle, open, stat } from "node:fs/promises";
import type { Tensor } from "@kindling/core";
import { checkOptions } from "@kindling/core/extend";
import { headerLength, LENGTH_BYTES, parseHeader } from "./header.ts";
import { type Loaded, LoadedBuilder, type LoadOptions, select } from "./load.ts";
import { SafetensorError } from "./safetensor-error.ts";

/**
 * The tensors of a safetensors file on disk, as {@link load} gives them. The header is checked against the size of the file
 * before anything else is read, and each tensor is read straight into its own memory.
 *
 * Same as `safetensors.torch.load_file(filename)`.
 *
 * @throws SafetensorError for a file that is not valid; the error of Node where it cannot be read.
 */
export async function loadFile(path: string | URL, options: LoadOptions = {}): Promise<Record<string, Tensor>> {
  return (await loadFileWithMetadata(path, options)).tensors;
}

/** As {@link loadFile}, with the file's metadata and what became of dtypes that Kindling does not have. */
export async function loadFileWithMetadata(path: string | URL, options: LoadOptions = {}): Promise<Loaded> {
  checkOptions("loadFile", options, ["names", "overflow"]);
  // Opening a pipe would wait for ever, and a device has no size.
  if (!(await stat(path)).isFile()) {
    throw new SafetensorError(
      "not a regular file",
      String(path),
      "Give the file itself, not a folder, pipe or device.",
    );
  }
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const length = headerLength(await read(file, 0, Math.min(size, LENGTH_BYTES)), size);
    const start = LENGTH_BYTES + length;
    const { infos, metadata } = parseHeader(await read(file, LENGTH_BYTES, length), size - start);
    const builder = new LoadedBuilder(options);
    for (const info of select(infos, options.names)) {
      builder.add(info, await read(file, start + info.begin, info.end - info.begin));
    }
    return builder.result(metadata);
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, Math.min(length - done, 1 << 30), position + done);
    if (bytesRead === 0)
      throw new SafetensorError("incomplete metadata, file not fully covered", "the file shrank while it was read");
    done += bytesRead;
  }
  return bytes;
}
