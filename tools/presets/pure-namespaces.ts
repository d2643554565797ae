import type { Options } from "tsup";

/** A module as an object, `import * as functional`, as esbuild prints it: an empty object, and a call that fills it. */
const NAMESPACE = /^var (\w+) = \{\};\n__export\(\1, (\{\n[\s\S]*?^\})\);$/gm;

/** esbuild's function that fills it. */
const FILL = /^(var __export = \((\w+), \w+\) => \{\n(?: {2}.*\n)+)\};$/gm;

/**
 * Lets bundlers drop a module's object, and with it all that is in it and not used otherwise. As esbuild prints it, the call that fills the object
 * may do anything, for all that a bundler knows: one `Linear` would bring every layer and function along.
 */
export const pureNamespaces: NonNullable<Options["plugins"]>[number] = {
  name: "pure-namespaces",
  renderChunk: (code) => ({ code: withPureNamespaces(code) }),
};

export function withPureNamespaces(code: string): string {
  return code
    .replaceAll(NAMESPACE, "var $1 = /* @__PURE__ */ __export({}, $2);")
    .replaceAll(FILL, "$1  return $2;\n};");
}
