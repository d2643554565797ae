import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Both hold the same code on another libtensorflow; who has installed the one for GPUs wants it. */
export const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

/** An installed package, and its addon where that has been built. */
export interface FoundAddon {
  readonly packageName: string;
  readonly folder: string;
  /** `tfjs_binding.node`; undefined where it was never built. */
  readonly file: string | undefined;
}

/**
 * The installed packages, the one for GPUs first: as this one sees them, or in a folder that `NODE_PATH` names. Never by the folder that the
 * program happens to be started in: native code of that folder would run.
 */
export function findAddons(from: string = import.meta.url): FoundAddon[] {
  return PACKAGES.flatMap((packageName) => {
    const folder = folderOf(packageName, from);
    return folder === undefined ? [] : [{ packageName, folder, file: builtIn(folder) }];
  });
}

/** Whether an addon is there whose libtensorflow can use a GPU: that of the package for GPUs, or one that was built with CUDA's libraries beside it. */
export function isBuiltForGpu(found: readonly FoundAddon[] = findAddons()): boolean {
  return found.some(
    ({ packageName, folder, file }) =>
      file !== undefined && (packageName === PACKAGES[0] || existsSync(join(folder, "deps", "nvidia"))),
  );
}

function folderOf(packageName: string, place: string): string | undefined {
  try {
    return dirname(createRequire(place).resolve(`${packageName}/package.json`));
  } catch {
    return undefined;
  }
}

/** The addon built for the newest Node-API that this Node offers. */
function builtIn(folder: string): string | undefined {
  const offered = Number(process.versions.napi);
  const built = existsSync(join(folder, "lib")) ? readdirSync(join(folder, "lib")) : [];
  return built
    .map((name) => Number(/^napi-v(\d+)$/.exec(name)?.[1]))
    .filter((version) => version <= offered)
    .sort((a, b) => b - a)
    .map((version) => join(folder, "lib", `napi-v${version}`, "tfjs_binding.node"))
    .find((file) => existsSync(file));
}
