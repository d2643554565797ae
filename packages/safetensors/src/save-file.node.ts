import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { Tensor } from "@kindling/core";
import { type SaveOptions, save } from "./save.ts";

/**
 * Writes tensors to a safetensors file. It appears under its name only when whole: a reader, or a program that is killed, sees
 * the file before or the file after.
 *
 * Same as `safetensors.torch.save_file(tensors, filename, metadata)`.
 *
 * @throws ValueError as {@link save}; the error of Node where it cannot be written.
 */
export async function saveFile(
  tensors: Readonly<Record<string, Tensor>>,
  path: string,
  options: SaveOptions = {},
): Promise<void> {
  const bytes = await save(tensors, options);
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
