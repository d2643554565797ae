import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { FromWheelError } from "./from-wheel-error.ts";

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Where it really is: pnpm installs links. */
  readonly folder: string;
}

/** The installed `@tensorflow/tfjs-node`, or with `gpu` rather `-gpu`, as the project in `from` sees it. */
export function findPackage(from: string, gpu: boolean): InstalledPackage {
  const names = ["@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"];
  if (gpu) names.reverse();
  for (const name of names) {
    const found = installed(name, from);
    if (found === undefined) continue;
    if (existsSync(join(found.folder, "binding", "tfjs_binding.cc"))) return found;
    throw new FromWheelError(
      `${name} in ${found.folder} has no sources of its addon.`,
      `Install it again: npm install --ignore-scripts ${name}@4.22.0`,
    );
  }
  const [wanted] = names;
  throw new FromWheelError(
    `@tensorflow/tfjs-node is not installed in ${from}.`,
    `Install it there, without its own download: npm install --ignore-scripts ${wanted}@4.22.0`,
  );
}

function installed(name: string, from: string): InstalledPackage | undefined {
  try {
    const manifest = createRequire(join(from, "package.json")).resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return { name, version, folder: realpathSync(dirname(manifest)) };
  } catch {
    return undefined;
  }
}
