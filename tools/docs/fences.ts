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

/** A fence, or a table whose last column is headed Kindling. */
const EXAMPLE =
  /^```(?:ts|js)\b(?<words>[^\n]*)\n(?<code>[\s\S]*?)^```\s*$|^\|[^\n]*\| *Kindling *\|\n\|[-:| ]+\|\n(?<rows>(?:\|[^\n]*\|(?:\n|$))+)/gm;

/**
 * Every fence of `markdown` that opens with three backticks and `ts` or `js`, in order. Words behind the language:
 * `no-run` and `page` say how it is checked, `continued` goes on where the fence before it stopped, `name.ts` names it.
 *
 * The code in a table's column `Kindling` goes on from the fence before the table, each row in a block of its own.
 */
export function examplesOf(markdown: string): Example[] {
  const examples: Example[] = [];
  for (const match of markdown.matchAll(EXAMPLE)) {
    const { words = "", code = "", rows } = match.groups ?? {};
    const line = markdown.slice(0, match.index).split("\n").length;
    if (rows === undefined) addFence(examples, words, code, line + 1);
    else addTable(examples, rows, line + 2);
  }
  return examples;
}

function addFence(examples: Example[], text: string, code: string, line: number): void {
  const words = text.split(/\s+/).filter(Boolean);
  const file = words.find((word) => /\.[jt]s$/.test(word));
  const strange = words.find((word) => !["no-run", "page", "continued", file].includes(word));
  if (strange !== undefined) throw new Error(`line ${line - 1}: a fence cannot be "${strange}"`);

  const check = words.includes("page") ? "bundle" : words.includes("no-run") ? "types" : "run";
  const previous = words.includes("continued") ? examples.at(-1) : undefined;
  if (previous?.check === check) examples.pop();
  const named = file === undefined ? {} : { file };
  examples.push({ line: previous?.line ?? line, code: (previous?.code ?? "") + code, check, ...named });
}

function addTable(examples: Example[], rows: string, line: number): void {
  const previous = examples.pop();
  if (previous === undefined) throw new Error(`line ${line}: a table of code needs a fence before it, to go on from`);
  const statements = rows.split("\n").map((row) => {
    const cell = row.replace(/\\\|/g, "\0").split("|").at(-2) ?? "";
    const code = [...cell.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => `{ ${span}; }`).join(" ");
    return code.replaceAll("\0", "|");
  });
  // Each row keeps its line on the page.
  const gap = Math.max(0, line - previous.line - (previous.code.split("\n").length - 1));
  examples.push({ ...previous, code: `${previous.code}${"\n".repeat(gap)}${statements.join("\n")}` });
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
