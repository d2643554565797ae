import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as core from "../index.ts";

// The docs of functions, which methods show too: each has a text, a source and an example, and the example gives what it says.

const names = ["functions.ts", "only-methods.ts"].map((file) => resolve(import.meta.dirname, file));
const index = resolve(import.meta.dirname, "../index.ts");
const program = ts.createProgram([index, ...names], {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  types: [],
});
const checker = program.getTypeChecker();

function exportsOf(file: string): ts.Symbol[] {
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile) as ts.Symbol)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => symbol.flags & ts.SymbolFlags.Value);
}

const functions = names.flatMap(exportsOf);
const textOf = (symbol: ts.Symbol): string => ts.displayPartsToString(symbol.getDocumentationComment(checker));
const tagsOf = (symbol: ts.Symbol, name: string): string[] =>
  symbol
    .getJsDocTags(checker)
    .filter((tag) => tag.name === name)
    .map((tag) => ts.displayPartsToString(tag.text));

/** The last expression of an example, as it is printed. */
async function outcomeOf(code: string): Promise<string> {
  const globals = Object.keys(core);
  const body = code.includes("; ") ? code.replace(/; ([^;]*)$/, "; return $1") : `return ${code}`;
  const value = await new Function(...globals, `return (async () => { ${body} })()`)(...Object.values(core));
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  return typeof value === "string" ? JSON.stringify(value) : String(value).replace(/\s*\n\s*/g, " ");
}

describe.each(functions.map((symbol) => [symbol.name, symbol] as const))("%s", (_, symbol) => {
  test("has a doc with a source", () => {
    expect(textOf(symbol)).toMatch(/\.$/);
    expect(tagsOf(symbol, "see").join()).toMatch(/https:\/\/pytorch\.org\/docs\//);
  });

  test("has an example that is true", async () => {
    const examples = tagsOf(symbol, "example");
    expect(examples).not.toEqual([]);
    for (const example of examples) {
      const [, code = "", outcome] = /^(.*) \/\/ (.*)$/s.exec(example) ?? [];
      expect(await outcomeOf(code)).toBe(outcome);
    }
  });
});

test("the methods of a tensor show the docs of their functions", () => {
  const tensor = exportsOf(index).find(({ name }) => name === "Tensor") as ts.Symbol;
  const methods = new Map(
    checker
      .getDeclaredTypeOfSymbol(tensor)
      .getProperties()
      .map((method) => [method.name, method]),
  );
  const shown = functions.filter(({ name }) => !["max", "min", "nonzero", "split", "var_", "where"].includes(name));
  for (const symbol of shown) expect(textOf(methods.get(symbol.name) as ts.Symbol), symbol.name).toBe(textOf(symbol));
});
