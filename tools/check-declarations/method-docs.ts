import ts from "typescript";

/** The methods of the class `name` that show no doc in an editor, of those that are derived from functions; in-place variants have none. */
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
  return type
    .getProperties()
    .filter((member) => member.declarations?.some(ts.isVariableDeclaration))
    .filter((member) => member.getDocumentationComment(checker).length === 0)
    .map((member) => `${entry}: ${name}.${member.name} shows no doc`);
}
