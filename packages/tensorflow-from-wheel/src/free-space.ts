import { statfs } from "node:fs/promises";
import { FromWheelError } from "./from-wheel-error.ts";

/** Gigabytes on the disk while it is built: the wheel and what is in it; with CUDA's libraries. */
export const NEEDED = { cpu: 2, gpu: 9 } as const;

export async function checkFreeSpace(folder: string, gpu: boolean): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const [free, needed] = [(bavail * bsize) / 1e9, gpu ? NEEDED.gpu : NEEDED.cpu];
  if (free >= needed) return;
  throw new FromWheelError(
    `The disk of ${folder} has ${free.toFixed(1)} GB left; this takes ${needed} GB.`,
    "Make room and run this again.",
  );
}
