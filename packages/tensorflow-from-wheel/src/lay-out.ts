import { existsSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { FromWheelError } from "./from-wheel-error.ts";

/** The names under which the linker looks for the wheel's libraries, and those that keep the package from downloading its own. */
export function namesOf(platform: string): Readonly<Record<string, readonly string[]>> {
  if (platform === "darwin") {
    return {
      "libtensorflow_cc.2.dylib": ["libtensorflow.dylib", "libtensorflow.2.dylib"],
      "libtensorflow_framework.2.dylib": ["libtensorflow_framework.dylib"],
    };
  }
  return {
    "libtensorflow_cc.so.2": ["libtensorflow.so", "libtensorflow.so.2.9.1"],
    "libtensorflow_framework.so.2": ["libtensorflow_framework.so", "libtensorflow_framework.so.2.9.1"],
  };
}

/** Lays what was unpacked in `unpacked` out as `deps/include` and `deps/lib`. */
export function layOut(unpacked: string, deps: string, platform: string): void {
  const from = join(unpacked, "tensorflow");
  const names = namesOf(platform);
  const missing = Object.keys(names).find((name) => !existsSync(join(from, name)));
  if (missing !== undefined) {
    throw new FromWheelError(
      `The wheel holds no ${missing}, only ${readdirSync(from).join(", ")}.`,
      "Choose another version with --version.",
    );
  }
  for (const folder of ["include", "lib"]) rmSync(join(deps, folder), { recursive: true, force: true });
  renameSync(join(from, "include"), join(deps, "include"));
  renameSync(from, join(deps, "lib"));
  for (const [library, links] of Object.entries(names)) {
    for (const link of links) symlinkSync(library, join(deps, "lib", link));
  }
}
