/** `declare namespace functions {` with what it exports, as rollup-plugin-dts writes it. */
const NAMESPACE = /^(declare namespace \w+ \{\n) {2}export \{([^}]*)\};\n/gm;

/** `functions_add as add`, one of these. */
const MEMBER = /^(\w+) as (\w+)$/;

/** A declaration under its doc. */
const DOCUMENTED = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\ndeclare (?:function|const) (\w+)\b/g;

/**
 * Joined declarations in which what a namespace exports has the doc of what it stands for. Under its new name it has none: the methods of a tensor,
 * whose types are derived from the namespace of functions, would show no doc in an editor.
 */
export function withNamespaceDocs(code: string): string {
  const docs = new Map([...code.matchAll(DOCUMENTED)].map(([, doc = "", name = ""]) => [name, doc]));
  return code.replaceAll(NAMESPACE, (_, head: string, members: string) => {
    const each = members
      .split(",")
      .map((member) => member.trim())
      .filter((member) => member !== "");
    // A class is a type too: what has no doc of a function stays as it is.
    const others = each.filter((member) => !docs.has(nameOf(member)));
    const rest = others.length === 0 ? "" : `  export { ${others.join(", ")} };\n`;
    return (
      head +
      each
        .filter((member) => docs.has(nameOf(member)))
        .map((member) => withDoc(member, docs))
        .join("") +
      rest
    );
  });
}

function nameOf(member: string): string {
  const [, , name] = MEMBER.exec(member) ?? [];
  if (name === undefined) throw new Error(`declarations: ${member} of a namespace is not understood`);
  return name;
}

function withDoc(member: string, docs: ReadonlyMap<string, string>): string {
  const [, local = "", name = ""] = MEMBER.exec(member) ?? [];
  const doc = docs.get(name) as string;
  return `${doc.replaceAll(/^/gm, "  ")}\n  export const ${name}: typeof ${local};\n`;
}
