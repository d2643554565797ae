import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compilerArguments, cudaLibraries } from "./compile.ts";
import { layOut, namesOf } from "./lay-out.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "from-wheel-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...path: string[]): void {
  mkdirSync(join(folder, ...path.slice(0, -1)), { recursive: true });
  writeFileSync(join(folder, ...path), "");
}

test.each(["linux", "darwin"])("headers and libraries under the names that are looked for: %s", (platform) => {
  for (const name of Object.keys(namesOf(platform))) write("unpacked", "tensorflow", name);
  write("unpacked", "tensorflow", "include", "tensorflow", "c", "c_api.h");
  write("deps", "lib", "libtensorflow.so.2.9.1"); // an older one goes
  layOut(join(folder, "unpacked"), join(folder, "deps"), platform);
  expect(existsSync(join(folder, "deps/include/tensorflow/c/c_api.h"))).toBe(true);
  for (const [library, links] of Object.entries(namesOf(platform))) {
    for (const link of links) expect(readlinkSync(join(folder, "deps/lib", link))).toBe(library);
  }
});

test("a wheel that holds something else is named", () => {
  write("unpacked", "tensorflow", "libtensorflow_framework.so.2");
  expect(() => layOut(join(folder, "unpacked"), join(folder, "deps"), "linux")).toThrow(
    "The wheel holds no libtensorflow_cc.so.2, only libtensorflow_framework.so.2.",
  );
});

test("CUDA's libraries are linked from beside the addon", () => {
  write("deps", "nvidia", "cublas", "lib", "libcublas.so.12");
  write("deps", "nvidia", "cudnn", "lib", "libcudnn.so.9");
  write("deps", "nvidia", "cudnn", "lib", "libcudnn_ops.so.9"); // opened by libcudnn itself
  write("deps", "nvidia", "cuda_nvcc", "bin", "ptxas");
  expect(cudaLibraries(join(folder, "deps"))).toEqual([
    ["cublas", "libcublas.so.12"],
    ["cudnn", "libcudnn.so.9"],
  ]);
  const said = compilerArguments(folder, join(folder, "out.node"), "linux");
  expect(said.slice(-3)).toEqual(["-Wl,--no-as-needed", "-l:libcublas.so.12", "-l:libcudnn.so.9"]);
  expect(said).toContain("-Wl,-rpath,$ORIGIN/../../deps/nvidia/cudnn/lib");
  expect(compilerArguments(folder, "", "darwin")).toContain("dynamic_lookup");
});
