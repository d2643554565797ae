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

/** Files as they were parsed for one of these projects, by their paths: most are the same for all packages. */
const parsed = new Map<string, Map<string, ts.SourceFile | undefined>>();

/** The compiler's own host, which parses a file once for all programs of `project`. */
function hostOf(project: string, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const files = parsed.get(project) ?? new Map<string, ts.SourceFile | undefined>();
  parsed.set(project, files);
  const parse = host.getSourceFile;
  host.getSourceFile = (name, ...how) => {
    if (!files.has(name)) files.set(name, parse(name, ...how));
    return files.get(name);
  };
  return host;
}

/** What the compiler finds in the declarations `files`, and in those of this repository that they lead to. */
export function compile(files: readonly string[], isOurs: (file: string) => boolean): string[] {
  return Object.entries(PROJECTS).flatMap(([project, settings]) => {
    const options: ts.CompilerOptions = {
      ...settings,
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
      noEmit: true,
    };
    const program = ts.createProgram(files, options, hostOf(project, options));
    const ours = program.getSourceFiles().filter(({ fileName }) => isOurs(fileName));
    const found = ours.flatMap((file) => program.getSemanticDiagnostics(file));
    return found.map(({ file, start, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, " ");
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      return `${file?.fileName ?? ""}:${line}: with ${project}: ${text}`;
    });
  });
}
