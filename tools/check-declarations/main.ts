import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { compile } from "./compile.ts";
import { internals } from "./internals.ts";
import { undocumented } from "./method-docs.ts";
import { tooNew } from "./syntax.ts";

// Whether the built declarations of every published package compile in other people's projects, and show docs: needs a build.

const root = resolve(import.meta.dirname, "../..");

interface Manifest {
  readonly private?: boolean;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

const declarations: string[] = [];
const entries: string[] = [];
/** Those that stand on no other package of ours: what they need must not come from another one by chance. */
const alone: string[] = [];
for (const name of readdirSync(join(root, "packages"))) {
  const folder = join(root, "packages", name);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (manifest.private === true || manifest.exports === undefined) continue;
  const files = readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" });
  declarations.push(...files.filter((file) => file.endsWith(".d.ts")).map((file) => join(folder, "dist", file)));
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    // The laws are for users of vitest, whose own declarations come with them.
    if (typeof target === "string" || target.types === undefined || subpath.startsWith("./testing")) continue;
    entries.push(join(folder, target.types));
    if (manifest.peerDependencies?.["@kindling/core"] === undefined) alone.push(join(folder, target.types));
  }
}

const isOurs = (file: string): boolean => /\/packages\/[^/]+\/dist\//.test(file);
const problems = [
  ...declarations.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...tooNew(file, text), ...internals(file, text)];
  }),
  ...undocumented(join(root, "packages/core/dist/index.d.ts"), "Tensor"),
  ...[...alone.map((entry) => [entry]), entries].flatMap((files) => compile(files, isOurs)),
];
for (const problem of problems) console.error(relative(root, problem));
console.error(
  problems.length > 0
    ? `${problems.length} problems in ${declarations.length} declaration files`
    : `${declarations.length} declaration files compile in other people's projects, with TypeScript 5.5 and later.`,
);
if (problems.length > 0) process.exitCode = 1;
