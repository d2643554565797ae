import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { type RollupLog, rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { withoutAugmentations } from "./augmentations.ts";
import { withInPlaceDocs } from "./in-place-docs.ts";
import { withNamespaceDocs } from "./namespace-docs.ts";

const execute = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");

/** TypeScript 7, installed beside the JavaScript one, whose API our tools use. */
const COMPILER = join(root, "node_modules/typescript-native/bin/tsc");

/**
 * Writes the declarations of `entries`, files of the package in `folder`, into its `dist`: one file for each entry, and shared ones.
 *
 * The native compiler writes a declaration file for each source, which takes a tenth of the time that the JavaScript one takes, and
 * rollup-plugin-dts joins them. Types are not checked here but by `pnpm typecheck`, which reads the same sources with the same settings.
 *
 * @throws Error when a declaration cannot be written, or takes in a file of another package.
 */
export async function writeDeclarations(folder: string, entries: readonly string[]): Promise<void> {
  const cache = join(root, ".cache", "declarations");
  await mkdir(cache, { recursive: true });
  const emitted = await mkdtemp(join(cache, `${basename(folder)}-`));
  try {
    await emit(folder, entries, emitted);
    const own = join(emitted, relative(root, folder));
    await removeAugmentations(own);
    const input = Object.fromEntries(
      entries.map((entry) => {
        const name = entry.replace(/\.ts$/, "");
        return [relative("src", name).replaceAll(sep, "/"), join(own, `${name}.d.ts`)];
      }),
    );
    const bundle = await rollup({
      input,
      external: (name) => !name.startsWith(".") && !isAbsolute(name),
      plugins: [dts(), { name: "docs", renderChunk: (code) => withInPlaceDocs(withNamespaceDocs(code)) }],
      onwarn: refuse,
    });
    const strangers = bundle.watchFiles.filter((file) => !file.startsWith(own));
    if (strangers.length > 0)
      throw new Error(`declarations of ${folder} hold files of others: ${strangers.join(", ")}`);
    await bundle.write({
      dir: join(folder, "dist"),
      entryFileNames: "[name].d.ts",
      chunkFileNames: ({ name }) => `${name.replace(/\.d$/, "")}-[hash].d.ts`,
    });
    await bundle.close();
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
}

/** A declaration file for each source that `entries` lead to, below `outDir` at its path in this repository. */
async function emit(folder: string, entries: readonly string[], outDir: string): Promise<void> {
  const project = join(outDir, "tsconfig.json");
  await writeFile(
    project,
    JSON.stringify({
      extends: join(folder, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        noCheck: true,
        declaration: true,
        emitDeclarationOnly: true,
        stripInternal: true,
        rootDir: root,
        outDir,
      },
      include: [],
      files: entries.map((entry) => join(folder, entry)),
    }),
  );
  await execute(process.execPath, [COMPILER, "-p", project]).catch((error: Error & { stdout?: string }) => {
    throw new Error(error.stdout || error.message);
  });
}

async function removeAugmentations(folder: string): Promise<void> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(".d.ts"));
  const read = async (path: string) => [join(folder, path), await readFile(join(folder, path), "utf8")] as const;
  const files = new Map(await Promise.all(paths.map(read)));
  for (const [file, text] of withoutAugmentations(files)) if (text !== files.get(file)) await writeFile(file, text);
}

/** Fails at what would be missing in the declarations. */
function refuse({ code, message }: RollupLog): void {
  if (code === "UNRESOLVED_IMPORT" || code === "MISSING_EXPORT") throw new Error(`declarations: ${message}`);
}
