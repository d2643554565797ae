import type { FromWheelOptions } from "./options.ts";

export interface Machine {
  readonly platform: string;
  readonly arch: string;
}

/** The wheel that brings libtensorflow, as pip is asked for it. Only Linux on x64 has one of its own for the CPU. */
export function wheelRequirement(
  { gpu, version }: Pick<FromWheelOptions, "gpu" | "version">,
  { platform, arch }: Machine = { platform: "linux", arch: "x64" },
): string {
  const name = !gpu && platform === "linux" && arch === "x64" ? "tensorflow-cpu" : "tensorflow";
  return `${name}==${version}`;
}

/**
 * A Python that there is a wheel of this version for. The wheel is never run: any of them will do, whichever Python is installed.
 */
export function pythonVersionFor(version: string): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 2 || minor >= 16 ? "3.12" : "3.10";
}

/** What the extra `and-cuda` of a wheel asks for, read from its METADATA. */
export function cudaRequirements(metadata: string): string[] {
  return metadata
    .split(/\r?\n/)
    .filter((line) => /^Requires-Dist: .*;.*extra\s*==\s*["']and-cuda["']/.test(line))
    .map((line) => line.replace("Requires-Dist: ", "").replace(/\s*;.*$/, ""));
}
