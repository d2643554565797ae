import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import ts from "typescript";
import { manifestOf, packageOf, sourcesIn } from "./sources.ts";

/** Every import of an optional peer that makes bundlers fail where it is not installed: a line each. */
export function checkOptionalPeers(root: string): string[] {
  return readdirSync(join(root, "packages")).flatMap((name) => {
    const folder = `packages/${name}`;
    const meta = (manifestOf(root, folder) as { peerDependenciesMeta?: Record<string, { optional?: boolean }> })
      ?.peerDependenciesMeta;
    const optional = Object.entries(meta ?? {}).flatMap(([peer, { optional }]) => (optional === true ? [peer] : []));
    if (optional.length === 0) return [];
    return sourcesIn(root, folder)
      .filter(({ path, imports }) => isShipped(path) && imports.some((name) => optional.includes(packageOf(name))))
      .flatMap(({ path }) =>
        breaking(readFileSync(join(root, path), "utf8"), optional).map(
          (specifier) =>
            `${path}: "${specifier}" is an optional peer; import its types only, and its values by import() in a try`,
        ),
      );
  });
}

/** Laws are run by vitest, which is an optional peer, in the tests of whoever imports them. */
function isShipped(path: string): boolean {
  return path.includes("/src/") && !/\/testing\/|\.(?:test|test-d)\.ts$/.test(path);
}

function breaking(text: string, optional: readonly string[]): string[] {
  const found: string[] = [];
  const isOptional = (node: ts.Node | undefined): node is ts.StringLiteral =>
    node !== undefined && ts.isStringLiteral(node) && optional.includes(packageOf(node.text));

  const visit = (node: ts.Node, inTry: boolean): void => {
    if (ts.isImportDeclaration(node) && isOptional(node.moduleSpecifier) && !isOfTypes(node.importClause)) {
      found.push(node.moduleSpecifier.text);
    } else if (ts.isExportDeclaration(node) && isOptional(node.moduleSpecifier) && !node.isTypeOnly) {
      found.push(node.moduleSpecifier.text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (isOptional(specifier) && !inTry) found.push(specifier.text);
    }
    if (ts.isTryStatement(node)) {
      visit(node.tryBlock, node.catchClause !== undefined);
      for (const part of [node.catchClause, node.finallyBlock]) if (part !== undefined) visit(part, inTry);
      return;
    }
    // A function in a try runs elsewhere.
    const inside = inTry && !ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest), false);
  return found;
}

/** Bundlers drop `import type`, and imports whose names are all types. */
function isOfTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}
