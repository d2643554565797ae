import ts from "typescript";

/** Types that take a type argument since TypeScript 5.7 only, and how many the others took before 5.6. */
const TYPE_ARGUMENTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      "Int8",
      "Uint8",
      "Uint8Clamped",
      "Int16",
      "Uint16",
      "Int32",
      "Uint32",
      "Float32",
      "Float64",
      "BigInt64",
      "BigUint64",
    ]
      .map((name) => `${name}Array`)
      .map((name) => [name, 0]),
  ),
  DataView: 0,
  ArrayBufferView: 0,
  Iterable: 1,
  IterableIterator: 1,
  AsyncIterable: 1,
  AsyncIterableIterator: 1,
};

/** Types that the library of TypeScript 5.5 does not have. */
const UNKNOWN = ["IteratorObject", "AsyncIteratorObject", "BuiltinIteratorReturn", "Float16Array"];

/** What TypeScript 5.5 does not understand of a declaration file, a line each. */
export function tooNew(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const type = (ts.isTypeReferenceNode(node) ? node.typeName : node.expression).getText(file);
      const most = Object.hasOwn(TYPE_ARGUMENTS, type) ? (TYPE_ARGUMENTS[type] as number) : undefined;
      const given = node.typeArguments?.length ?? 0;
      if (UNKNOWN.includes(type) || (most !== undefined && given > most)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
        problems.push(`${name}:${line + 1}: TypeScript 5.5 does not know ${node.getText(file)}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}
