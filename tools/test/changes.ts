import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { Changes } from "../../packages/core/src/testing/asked-tiers.ts";

const workspace = join(import.meta.dirname, "../..");

/** A file that has changed, and the names in it of what is exported or defined there. */
export interface ChangedFile {
  readonly path: string;
  readonly text: string;
}

/** The parts of core that hold ops, each of which a proof can name. The rest of core is what all ops rest on. */
const OPS = /^packages\/core\/src\/ops\//;
/** Files that no proof depends on. */
const HARMLESS = /\.(md|test\.ts|test-d\.ts)$|^packages\/[^/]+\/(package\.json|python\/|CHANGELOG)/;
/** What every package is built and tried by. */
const MAKING = /^(tools\/(check-pack|presets)\/|package\.json$|pnpm-workspace\.yaml$|tsconfig\.base\.json$)/;
/** How such a change is named among the packages. */
export const ALL_PACKAGES = "how all are made";
/** Where the code of each device is, beside that of a folder of its name in `backends`. */
const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/^packages\/backends\/src\/(?:lazy|native)\//, "onnx"],
  [/^packages\/onnx\/src\/lowering\//, "onnx"],
  [/^packages\/backends\/src\/(onnx|tensorflow|wasm|webgl|webgpu)\//, "$1"],
  [/^packages\/core\/src\/devices\/cpu\//, "cpu"],
];

/** What the proofs of these files are about; "all" where they change what everything rests on. */
export function changesIn(files: readonly ChangedFile[]): "all" | Changes {
  const [ops, devices, packages] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { path, text } of files) {
    const folder = /^(?:packages|apps)\/([^/]+)\//.exec(path)?.[1];
    if (folder === undefined) {
      if (path === "pnpm-lock.yaml") return "all";
      if (MAKING.test(path)) packages.add(ALL_PACKAGES);
      continue;
    }
    packages.add(folder);
    if (HARMLESS.test(path)) continue;
    const device = deviceOf(path);
    if (device !== undefined) devices.add(device);
    else if (OPS.test(path)) for (const name of namesIn(text)) ops.add(name);
    else if (folder === "core" || folder === "backends" || folder === "conformance") return "all";
  }
  return { ops: [...ops].sort(), devices: [...devices].sort(), packages: [...packages].sort() };
}

function deviceOf(path: string): string | undefined {
  for (const [pattern, name] of DEVICES) {
    const found = pattern.exec(path);
    if (found !== null) return name.replace("$1", found[1] ?? "");
  }
  return undefined;
}

/** What a file exports, and what it gives a name as text: `unary("atan", ...)`. */
function namesIn(text: string): string[] {
  const exported = text.matchAll(/^export (?:async )?(?:const|function\*?) (\w+)/gm);
  const named = text.matchAll(/\(\s*"(\w+)"/g);
  return [...exported, ...named].map(([, name]) => name as string);
}

/**
 * What has changed since this branch left the main one, committed or not. "all" where git does not say: then nobody knows what would be left out.
 */
export function changesHere(root = workspace): "all" | Changes {
  const git = (...args: string[]) => gitIn(root, args);
  // Inside of another repository, an archive that was unpacked there, git knows of other files.
  if (git("rev-parse", "--show-prefix") !== "") return "all";
  const base = ["origin/main", "main"].map((name) => git("merge-base", "HEAD", name)).find((found) => found !== null);
  // Names end in 0: otherwise git quotes those with letters beyond ASCII.
  const changed = base === undefined ? null : git("diff", "--name-only", "--no-renames", "-z", base);
  const added = git("ls-files", "--others", "--exclude-standard", "-z");
  if (base === undefined || changed === null || added === null) return "all";
  const paths = [...changed.split("\0"), ...added.split("\0")].filter((path) => path !== "");
  return changesIn(paths.map((path) => ({ path, text: OPS.test(path) ? textsOf(root, path, base) : "" })));
}

/** A file as it is and as it was: an op that is gone has changed too. */
function textsOf(root: string, path: string, base: string): string {
  let now = "";
  try {
    now = readFileSync(join(root, path), "utf8");
  } catch {
    // It was deleted.
  }
  return `${now}\n${gitIn(root, ["show", `${base}:${path}`]) ?? ""}`;
}

/** In a hook, git's variables name the repository of the hook instead of the one of the folder. */
const ENV = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));

/** What git prints; null where it fails, or is not there. */
function gitIn(root: string, args: readonly string[]): string | null {
  try {
    return execFileSync("git", args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: ENV,
    }).trim();
  } catch {
    return null;
  }
}

if (process.argv[1] === import.meta.filename) console.log(changesHere());
