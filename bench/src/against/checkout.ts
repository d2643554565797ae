import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";

/** Another checkout of this repository. */
export interface Checkout {
  readonly folder: string;
  /** Its commit, or the folder's name where Git does not know one. */
  readonly name: string;
}

/** @throws Error when `folder` is no checkout, or its dependencies are not installed */
export function findCheckout(folder: string): Checkout {
  if (!existsSync(join(folder, "bench", "node_modules", "@kindling", "core"))) {
    throw new Error(`--against ${folder}: no bench/node_modules/@kindling/core there. Run pnpm install in a checkout.`);
  }
  const { stdout } = spawnSync("git", ["-C", folder, "rev-parse", "--short", "HEAD"], { encoding: "utf8" });
  return { folder, name: stdout?.trim() || basename(folder) };
}
