import type { Options } from "tsup";

/** A class or function that a variable holds, as esbuild prints it where the name of the source was taken: with another. */
const RENAMED = /^var (\w+) = (?:class|function) (\w+)\b/gm;

/** A class that has only its variable's name, which a minifier that is told to keep the names of classes still shortens. */
const ANONYMOUS = /^var (\w+) = class(?= extends\b| \{)/gm;

/**
 * Gives classes and functions the names of the source back. esbuild calls a class that speaks of itself `_Embedding` and one called like
 * a global `Buffer2`: print forms would show it. The name binds only inside of the class, so nothing else can collide with it.
 *
 * esbuild's own `keepNames` would do, but it wraps every arrow function too, each time it is made: ops make many.
 */
export const ownNames: NonNullable<Options["plugins"]>[number] = {
  name: "own-names",
  renderChunk: (code) => ({ code: withOwnNames(code) }),
};

function withOwnNames(code: string): string {
  let restored = code;
  for (const [, variable = "", given = ""] of code.matchAll(RENAMED)) {
    const own = given.replace(/^_/, "").replace(/\d+$/, "");
    if (given === variable || own !== variable.replace(/\d+$/, "")) continue;
    restored = restored.replaceAll(new RegExp(`(?<![\\w$.])${given}(?![\\w$])`, "g"), own);
  }
  return restored.replaceAll(ANONYMOUS, "var $1 = class $1");
}
