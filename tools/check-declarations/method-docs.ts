import ts from "typescript";

/** The methods of the class `name` that show no doc in an editor, of those that are derived from functions. */
export function undocumented(entry: string, name: string): string[] {
  const program = ts.createProgram([entry], { noEmit: true, strict: true, types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  const exported = module && checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
  if (exported === undefined) return [`${entry}: exports no ${name}`];
  const type = checker.getDeclaredTypeOfSymbol(
    exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported,
  );
  return (
    type
      .getProperties()
      // A derived type under another name has no declaration at all.
      .filter(({ declarations }) => declarations === undefined || declarations.some(ts.isVariableDeclaration))
      .filter((member) => member.getDocumentationComment(checker).length === 0)
      .map((member) => `${entry}: ${name}.${member.name} shows no doc`)
  );
}
