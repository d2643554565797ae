import { readFile, stat } from "node:fs/promises";

/** A regular file's content. A pipe is refused, which would be waited for without end, and so is a device, which has none. */
export async function readRegular(path: string): Promise<Uint8Array> {
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a regular file`);
  return readFile(path);
}
