/** How an example on a page is held to the truth. */
export type Check =
  /** It runs as a test. */
  | "run"
  /** `no-run`: it is compiled only. */
  | "types"
  /** `page`: it needs a browser; it is compiled, and bundled for one. */
  | "bundle";

/** An example in a Markdown file: a TypeScript or JavaScript fence. */
export interface Fence {
  /** The line of its first statement, counted from 1. */
  readonly line: number;
  readonly code: string;
}

/** A fence with what the words behind its language say. */
export interface Example extends Fence {
  readonly check: Check;
  /** The file that the page says it is: `ts worker.ts`. Other fences of the page import it as `./worker.ts`. */
  readonly file?: string;
}

/** The fences of `markdown` that run, in order. */
export function fencesOf(markdown: string): Fence[] {
  return examplesOf(markdown)
    .filter(({ check }) => check === "run")
    .map(({ line, code }) => ({ line, code }));
}

/**
 * Every fence of `markdown` that opens with three backticks and `ts` or `js`, in order. Words behind the language:
 * `no-run` and `page` say how it is checked, `continued` goes on where the fence before it stopped, `name.ts` names it.
 */
export function examplesOf(markdown: string): Example[] {
  const examples: Example[] = [];
  for (const match of markdown.matchAll(/^```(?:ts|js)\b(?<words>[^\n]*)\n(?<code>[\s\S]*?)^```\s*$/gm)) {
    const { words: text = "", code = "" } = match.groups ?? {};
    const words = text.split(/\s+/).filter(Boolean);
    const file = words.find((word) => /\.[jt]s$/.test(word));
    const known = ["no-run", "page", "continued", file];
    const line = markdown.slice(0, match.index).split("\n").length + 1;
    const strange = words.find((word) => !known.includes(word));
    if (strange !== undefined) throw new Error(`line ${line - 1}: a fence cannot be "${strange}"`);

    const check = words.includes("page") ? "bundle" : words.includes("no-run") ? "types" : "run";
    const previous = words.includes("continued") ? examples.at(-1) : undefined;
    if (previous?.check === check) examples.pop();
    examples.push({
      line: previous?.line ?? line,
      code: (previous?.code ?? "") + code,
      check,
      ...(file === undefined ? {} : { file }),
    });
  }
  return examples;
}

/**
 * `code` with every `expression; // => value` turned into a check that the one equals the other.
 * The expression may be a statement of its own, an argument of `console.log`, or what a `const` or `let` is set to.
 */
export function withChecks(code: string): string {
  return code.replace(/^(\s*)(.*?);?\s*\/\/ => (.+)$/gm, (_, indent: string, statement: string, value: string) => {
    const declared = /^(?:const|let) (\w+)\b.*=/.exec(statement);
    if (declared) return `${indent}${statement}; checkValue(${declared[1]}, ${value});`;
    const logged = /^console\.log\((.*)\)$/.exec(statement);
    return `${indent}checkValue(${logged ? logged[1] : statement}, ${value});`;
  });
}
