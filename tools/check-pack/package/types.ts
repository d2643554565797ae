import { join } from "node:path";
import ts from "typescript";
import { root } from "../packed.ts";

/**
 * What a strict consumer's compiler says of `files` and of every declaration of Kindling that they reach. The
 * consumer has no Node types unless its examples use Node, so a declaration that leaks them is found.
 */
export function problemsOfTypes(folder: string, files: readonly string[], usesNode: boolean): string[] {
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: usesNode ? ["node"] : [],
      typeRoots: [join(root, "node_modules/@types")],
      noEmit: true,
    },
  );
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => /\/node_modules\/@kindling\//.test(fileName) || !fileName.includes("/node_modules/"));
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  return diagnostics.map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    const { file, start } = diagnostic;
    if (!file || start === undefined) return `types: ${text}`;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `types: ${file.fileName.slice(folder.length + 1)}:${line + 1}: ${text}`;
  });
}
