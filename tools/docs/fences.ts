/** A runnable example in a Markdown file. */
export interface Fence {
  /** The line of its first statement, counted from 1. */
  readonly line: number;
  readonly code: string;
}

/**
 * The TypeScript fences of `markdown`, in order: those that open with three backticks and `ts`.
 * `ts no-run` leaves one out; `ts continued` goes on where the fence before it stopped.
 */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  for (const match of markdown.matchAll(/^```ts(?<words>[^\n]*)\n(?<code>[\s\S]*?)^```\s*$/gm)) {
    const { words = "", code = "" } = match.groups ?? {};
    if (words.includes("no-run")) continue;
    const previous = words.includes("continued") ? fences.pop() : undefined;
    const line = previous?.line ?? markdown.slice(0, match.index).split("\n").length + 1;
    fences.push({ line, code: (previous?.code ?? "") + code });
  }
  return fences;
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
