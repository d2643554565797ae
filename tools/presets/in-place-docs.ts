/** How the types of in-place variants are derived in core: under names that no declaration has, so that they have no docs. */
const DERIVED = "InPlaceOf<Pick<Functions, InPlaceName>>";

/** A member of a namespace under its doc, as `withNamespaceDocs` writes it. */
const MEMBER = /^( {2}\/\*\*(?:(?!\*\/)[\s\S])*?\*\/\n {2}export const )(\w+)(: typeof \w+;\n)/gm;

/**
 * Joined declarations in which the in-place variants of functions have the functions' docs: `add_` that of `add`. Comes after `withNamespaceDocs`, whose
 * namespace of functions is written out once more under the names of the variants. A name that is missing there makes the declarations fail to compile.
 */
export function withInPlaceDocs(code: string): string {
  if (!code.includes(DERIVED)) return code;
  const [pointwise, functions] = [
    pointwiseOf(code)
      .map((name) => namespaceOf(code, name))
      .join(""),
    namespaceOf(code, "functions"),
  ];
  const isAsked = (name: string): boolean =>
    (pointwise.includes(` export const ${name}:`) && !listOf(code, "WITHOUT").includes(name)) ||
    listOf(code, "BESIDES").includes(name);
  const members = [...functions.matchAll(MEMBER)]
    .filter(([, , name = ""]) => isAsked(name))
    .map(([, head, name, type]) => `${head}${name}_${type}`);
  const variants = `declare namespace inPlace {\n${members.join("")}}\n`;
  return code
    .replace(functions, () => `${functions}\n${variants}`)
    .replace(DERIVED, () => `MethodsOf<Pick<typeof inPlace, \`\${InPlaceName}_\`>>`);
}

/** The namespaces of pointwise functions: `type Pointwise = keyof typeof arithmetic | keyof typeof comparison;`. */
function pointwiseOf(code: string): string[] {
  const [, union = ""] = /^type Pointwise = ([^;]+);/m.exec(code) ?? [];
  return [...union.matchAll(/keyof typeof (\w+)/g)].map(([, name = ""]) => name);
}

function namespaceOf(code: string, name: string): string {
  const [found] = new RegExp(`^declare namespace ${name} \\{\\n[\\s\\S]*?^\\}\\n`, "m").exec(code) ?? [];
  if (found === undefined) throw new Error(`declarations: there is no namespace ${name}`);
  return found;
}

/** The names in a constant's type: `declare const WITHOUT: readonly ["where"];`. */
function listOf(code: string, name: string): string[] {
  const [, list = ""] = new RegExp(`^declare const ${name}: readonly \\[([^\\]]*)\\]`, "m").exec(code) ?? [];
  return [...list.matchAll(/"(\w+)"/g)].map(([, each = ""]) => each);
}
