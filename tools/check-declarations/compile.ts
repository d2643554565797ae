import ts from "typescript";

/** Settings of other people's projects, as far as they decide whether declarations compile. */
const PROJECTS: Readonly<Record<string, ts.CompilerOptions>> = {
  "strict alone": { lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] },
  "tsc --init": {
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
  },
};

/** What the compiler finds in the declarations `files`, and in those of this repository that they lead to. */
export function compile(files: readonly string[], isOurs: (file: string) => boolean): string[] {
  return Object.entries(PROJECTS).flatMap(([project, options]) => {
    const program = ts.createProgram(files, {
      ...options,
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
      noEmit: true,
    });
    const ours = program.getSourceFiles().filter(({ fileName }) => isOurs(fileName));
    const found = ours.flatMap((file) => program.getSemanticDiagnostics(file));
    return found.map(({ file, start, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, " ");
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      return `${file?.fileName ?? ""}:${line}: with ${project}: ${text}`;
    });
  });
}
