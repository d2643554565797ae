import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/**
 * `name in object` is true of "constructor" for every object. Where a key may come from outside (a link, storage, a message, a file) that
 * lets in what is none of the object's, so it is `Object.hasOwn` or a `Map` everywhere but here.
 */
const ALLOWED = [
  // Properties of elements are inherited, and the names are the page's own.
  "dom/h.ts: name in element",
];

test("no key is looked up in what every object inherits", () => {
  const found: string[] = [];
  for (const file of readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
    const source = ts.createSourceFile(
      file,
      readFileSync(join(import.meta.dirname, file), "utf8"),
      ts.ScriptTarget.Latest,
    );
    const visit = (node: ts.Node): void => {
      // A literal on the left tells members of a union apart.
      const isLookUp =
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
        !ts.isStringLiteral(node.left);
      if (isLookUp) found.push(`${file}: ${node.getText(source)}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  expect(found).toEqual(ALLOWED);
});
