import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { type CheckedAddon, checkAddon } from "./check-addon.ts";
import { compile } from "./compile.ts";
import { findPackage } from "./find-package.ts";
import { checkFreeSpace } from "./free-space.ts";
import { FromWheelError } from "./from-wheel-error.ts";
import { layOut } from "./lay-out.ts";
import type { FromWheelOptions } from "./options.ts";
import { pythonWithPip } from "./pip.ts";
import { cudaRequirements, pythonVersionFor, wheelRequirement } from "./requirement.ts";
import { downloadWheel, installCuda, unpackWheel } from "./wheel.ts";

export interface BuildOptions extends FromWheelOptions {
  /** The project in which `@tensorflow/tfjs-node` is installed. */
  readonly cwd: string;
  /** Is told what is being done. */
  readonly report?: (line: string) => void;
}

/** Builds the addon of the installed `@tensorflow/tfjs-node` on the libtensorflow of a Python wheel, and tries it. */
export async function buildFromWheel(options: BuildOptions): Promise<CheckedAddon> {
  const { cwd, gpu, report = () => undefined } = options;
  const { platform, arch } = process;
  if (platform !== "linux" && (platform !== "darwin" || gpu)) {
    throw new FromWheelError(
      gpu
        ? "TensorFlow's wheels compute on GPUs on Linux only."
        : `TensorFlow's wheel for ${platform} has no libtensorflow to link with.`,
      platform === "win32" ? "On Windows use WSL 2, which is Linux." : "Leave --gpu out.",
    );
  }
  const { name, version, folder } = findPackage(cwd, gpu);
  report(`${name} ${version} in ${folder}`);
  const requirement = wheelRequirement(options, { platform, arch });
  await provide(requirement, join(folder, "deps"), options);
  report("compiling the addon");
  const addon = await compile(folder, platform);
  report("trying it");
  return checkAddon(addon);
}

/** Headers and libraries in `deps`, unless those of this very wheel are there. */
async function provide(
  requirement: string,
  deps: string,
  { gpu, python, version, report }: BuildOptions,
): Promise<void> {
  const stamp = join(deps, "from-wheel.json");
  const wanted = JSON.stringify({ requirement, gpu });
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    report?.(`${requirement} is there already`);
    return;
  }
  mkdirSync(deps, { recursive: true });
  await checkFreeSpace(deps, gpu);
  const scratch = join(deps, "scratch");
  rmSync(scratch, { recursive: true, force: true });
  rmSync(stamp, { force: true });
  try {
    const pip = await pythonWithPip(python, scratch);
    report?.(`fetching ${requirement} (${gpu ? "600" : "270"} MB)`);
    const wheel = await downloadWheel(pip, requirement, pythonVersionFor(version), join(scratch, "wheel"));
    report?.("unpacking it");
    const metadata = readFileSync(await unpackWheel(pip, wheel, join(scratch, "unpacked")), "utf8");
    rmSync(wheel);
    if (gpu) {
      report?.("fetching CUDA's libraries (about 3 GB)");
      await installCuda(pip, cudaRequirements(metadata), deps);
    }
    layOut(join(scratch, "unpacked"), deps, process.platform);
    writeFileSync(stamp, wanted);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
