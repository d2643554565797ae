import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { FromWheelError } from "./from-wheel-error.ts";
import { lastLines, run } from "./run.ts";

/** Node-API of the addon: what every Node from 16 on offers. */
const NODE_API = 8;

const headers = join(dirname(createRequire(import.meta.url).resolve("node-api-headers/package.json")), "include");

/** The libraries that TensorFlow opens by name when it looks for a GPU. */
const CUDA = /^lib(cudart|cublas|cublasLt|cudnn|cufft|curand|cusolver|cusparse|cupti|nccl|nvJitLink|nvrtc)\.so\.\d+$/;

/** `[folder of nvidia/, library]` for each of CUDA's libraries under `deps/nvidia`. */
export function cudaLibraries(deps: string): (readonly [string, string])[] {
  const nvidia = join(deps, "nvidia");
  if (!existsSync(nvidia)) return [];
  return readdirSync(nvidia)
    .filter((name) => existsSync(join(nvidia, name, "lib")))
    .flatMap((name) =>
      readdirSync(join(nvidia, name, "lib"))
        .filter((library) => CUDA.test(library))
        .map((library) => [name, library] as const),
    );
}

/**
 * What the compiler is told: the two sources of the addon, on the headers of TensorFlow and of Node-API. CUDA's libraries are linked,
 * though the addon calls none: they are then loaded from beside it before TensorFlow asks for them by name, so that nobody
 * needs to set LD_LIBRARY_PATH.
 */
export function compilerArguments(folder: string, output: string, platform: string): string[] {
  const deps = join(folder, "deps");
  const cuda = cudaLibraries(deps);
  const origin = platform === "darwin" ? "@loader_path" : "$ORIGIN";
  const searched = ["lib", ...new Set(cuda.map(([name]) => `nvidia/${name}/lib`))];
  return [
    ...["-O2", "-std=c++17", "-fPIC", "-shared", `-DNAPI_VERSION=${NODE_API}`],
    ...(platform === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
    ...[headers, join(deps, "include")].flatMap((folder) => ["-I", folder]),
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((source) => join(folder, "binding", source)),
    ...["-o", output],
    ...searched.flatMap((name) => [`-L${join(deps, name)}`, `-Wl,-rpath,${origin}/../../deps/${name}`]),
    ...["-ltensorflow", "-ltensorflow_framework"],
    ...(cuda.length > 0 ? ["-Wl,--no-as-needed", ...cuda.map(([, library]) => `-l:${library}`)] : []),
  ];
}

/** Compiles the addon of the package in `folder` to where the package looks for it; gives the path. */
export async function compile(folder: string, platform: string, compiler = process.env.CXX ?? "c++"): Promise<string> {
  const output = join(folder, "lib", `napi-v${NODE_API}`, "tfjs_binding.node");
  mkdirSync(dirname(output), { recursive: true });
  // Never written over: pnpm's files are links to its store.
  rmSync(output, { force: true });
  const { code, stderr, missing } = await run(compiler, compilerArguments(folder, output, platform));
  if (missing) {
    throw new FromWheelError(
      `There is no C++ compiler: ${compiler} was not found.`,
      "Install one (Debian: apt install g++; macOS: xcode-select --install), or name it: CXX=clang++",
    );
  }
  if (code !== 0) {
    throw new FromWheelError(
      `The addon does not compile:\n${lastLines(stderr)}`,
      "The compiler must know C++17 (g++ 9 or later does). Another TensorFlow may fit it: --version",
    );
  }
  return output;
}
