import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../packed.ts";

const execute = promisify(execFile);

/** The native compiler, in a process of its own: another cell goes on meanwhile. The matrix has the others. */
const COMPILER = join(root, "node_modules/typescript-native/bin/tsc");

/**
 * What a strict consumer's compiler says of `files` and of every declaration of Kindling that they reach. The
 * consumer has no Node types unless its examples use Node, so a declaration that leaks them is found.
 */
export async function problemsOfTypes(folder: string, files: readonly string[], usesNode: boolean): Promise<string[]> {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: "es2022",
    lib: ["es2023", "esnext.disposable", "dom", "dom.iterable"],
    module: "nodenext",
    types: usesNode ? ["node"] : [],
    typeRoots: [join(root, "node_modules/@types")],
    noEmit: true,
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const output = await execute(process.execPath, [COMPILER, "-p", ".", "--pretty", "false"], {
    cwd: folder,
    maxBuffer: 2 ** 26,
  }).then(
    ({ stdout }) => stdout,
    (error: Error & { stdout?: string }) => error.stdout || error.message,
  );
  // What follows a diagnostic, indented, belongs to it.
  const diagnostics = output.split(/\n(?!\s)/).filter((line) => line.trim() !== "");
  return diagnostics.filter(isOurs).map((diagnostic) => `types: ${diagnostic}`);
}

/** Kindling's declarations, and the consumer's own files; those of its dependencies contradict the compiler's own libraries. */
const isOurs = (diagnostic: string): boolean =>
  diagnostic.startsWith("node_modules/@kindling/") || !/^\S*node_modules\//.test(diagnostic);
