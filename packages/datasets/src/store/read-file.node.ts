import { open, stat } from "node:fs/promises";

/** The first `limit` bytes of a regular file; undefined where there is nothing of that name. */
export async function readFile(path: string, limit = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
  try {
    if (!(await stat(path)).isFile()) throw new Error(`${path} is not a regular file`); // opening a pipe would wait for ever
    const file = await open(path);
    try {
      const bytes = new Uint8Array(Math.min((await file.stat()).size, limit));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
