import { relative } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";

// The declarations that are published, generated from the source as the build does it.

/** The text of each declaration file, by the path of its source. */
const declarations = new Map<string, string>();

beforeAll(() => {
  const program = ts.createProgram([`${import.meta.dirname}/index.ts`, `${import.meta.dirname}/extend.ts`], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    skipLibCheck: true,
    strict: true,
    types: [],
  });
  program.emit(undefined, (name, text) => declarations.set(relative(import.meta.dirname, name), text));
});

/** The names of the members that a class shows. */
function membersOf(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, declarations.get(file) as string, ts.ScriptTarget.ES2022, true);
  const own = source.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === name);
  const members = (own as ts.ClassDeclaration).members.map((member) => member.name?.getText() ?? "constructor");
  return [...new Set(members)].sort();
}

describe("the published declarations", () => {
  test("of a tensor show what programs use", () => {
    expect(membersOf("tensor/tensor.d.ts", "Tensor")).toMatchInlineSnapshot(`
      [
        "#private",
        "[Symbol.dispose]",
        "constructor",
        "device",
        "dim",
        "dispose",
        "dtype",
        "grad",
        "gradFn",
        "isDisposed",
        "isLeaf",
        "item",
        "itemSync",
        "length",
        "ndim",
        "nelement",
        "numel",
        "registerHook",
        "requiresGrad",
        "requiresGrad_",
        "retainGrad",
        "shape",
        "size",
        "toList",
        "toListSync",
        "toTypedArray",
        "toTypedArraySync",
      ]
    `);
  });

  test("of a scope, too", () => {
    expect(membersOf("scope/ambient-scope.d.ts", "Scope")).toMatchInlineSnapshot(`
      [
        "#private",
        "[Symbol.dispose]",
        "closed",
        "dispose",
        "keep",
      ]
    `);
  });

  test("hold nothing that is marked as internal", () => {
    expect(declarations.size).toBeGreaterThan(50);
    for (const [file, text] of declarations) expect(text, file).not.toContain("@internal");
  });
});
