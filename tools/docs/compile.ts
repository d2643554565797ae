import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { type Example, examplesOf } from "./fences.ts";
import type { Page } from "./pages.ts";

/** An example as a file that only the compiler and the bundler see. */
export interface Module {
  readonly page: string;
  readonly example: Example;
  /** In a folder of its page, so that `./name.ts` is another fence of the page. */
  readonly path: string;
}

/** The examples of all `pages` as modules of the workspace at `root`. */
export function modulesOf(pages: readonly Page[], root: string): Module[] {
  return pages.flatMap(({ path: page, text }) =>
    examplesOf(text).map((example) => {
      const folder = join(root, ".pages", page.replace(/[/.]/g, "-"));
      return { page, example, path: join(folder, example.file ?? `line-${example.line}.ts`) };
    }),
  );
}

/**
 * What the compiler says of the examples, a line each. They are held to the options that most projects have (`strict`),
 * in a program that knows both Node and the DOM.
 */
export function problemsOfTypes(modules: readonly Module[], root: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    customConditions: ["@kindling/source"],
    allowImportingTsExtensions: true,
    allowJs: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    skipLibCheck: true,
    paths: pathsOf(root),
  };
  const host = hostWith(modules, options);
  const files = modules.map(({ path }) => path);
  const program = ts.createProgram({ rootNames: files, options, host });
  return modules.flatMap(({ page, example, path }) => {
    const source = program.getSourceFile(path);
    if (!source) return [`${page}:${example.line}: was not compiled`];
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((found) => {
      const { line } = source.getLineAndCharacterOfPosition(found.start ?? 0);
      return `${page}:${example.line + line}: ${ts.flattenDiagnosticMessageText(found.messageText, "\n")}`;
    });
  });
}

/** Where examples find what they import: every package of the workspace by its source, TensorFlow.js where it is installed. */
function pathsOf(root: string): Record<string, string[]> {
  const paths: Record<string, string[]> = {
    // The README of a template shows the package that it becomes.
    "kindling-library": [join(root, "packages/create-kindling/templates/library/src/index.ts")],
    "@tensorflow/*": ["bench", "packages/backends"].map((folder) => join(root, folder, "node_modules/@tensorflow/*")),
  };
  for (const folder of readdirSync(join(root, "packages"))) {
    const file = join(root, "packages", folder, "package.json");
    if (!existsSync(file)) continue;
    const { name, exports = {} } = JSON.parse(readFileSync(file, "utf8"));
    for (const [subpath, target] of Object.entries<{ "@kindling/source"?: string }>(exports)) {
      const source = target["@kindling/source"];
      if (source) paths[name + subpath.slice(1)] = [join(root, "packages", folder, source)];
    }
  }
  return paths;
}

/** The disk, with `modules` on it. */
function hostWith(modules: readonly Module[], options: ts.CompilerOptions): ts.CompilerHost {
  const texts = new Map(modules.map(({ path, example }) => [path, example.code]));
  const folders = new Set(modules.map(({ path }) => dirname(path)));
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    readFile: (file) => texts.get(file) ?? host.readFile(file),
    directoryExists: (folder) => folders.has(folder) || ts.sys.directoryExists(folder),
    getSourceFile: (file, languageVersion, ...rest) => {
      const text = texts.get(file);
      return text === undefined
        ? host.getSourceFile(file, languageVersion, ...rest)
        : ts.createSourceFile(file, text, languageVersion);
    },
  };
}
