import { ownModules } from "./registry.ts";

/** The parts of a module's print form. */
export interface Printable {
  extraRepr(): string;
  toString(): string;
}

/** `Name(extra)` without children; with them, one `(key): child` a line, indented by two. */
export function formatModule(module: Printable): string {
  const children = [...ownModules(module)].map(([key, child]) => `(${key}): ${indent(child.toString())}`);
  return formatParts(module, children);
}

/** As `formatModule`, where equal neighbours of a list are one line: `(0-2): 3 x Linear(...)`. */
export function formatModuleList(list: Printable): string {
  const runs: { first: number; last: number; text: string }[] = [];
  [...ownModules(list)].forEach(([, child], i) => {
    const text = child.toString();
    const run = runs.at(-1);
    if (run?.text === text) run.last = i;
    else runs.push({ first: i, last: i, text });
  });
  const lines = runs.map(({ first, last, text }) =>
    first === last ? `(${first}): ${indent(text)}` : `(${first}-${last}): ${last - first + 1} x ${indent(text)}`,
  );
  return formatParts(list, lines);
}

function formatParts(module: Printable, children: readonly string[]): string {
  const { name } = module.constructor;
  const extra = module.extraRepr();
  if (children.length === 0 && !extra.includes("\n")) return `${name}(${extra})`;
  const lines = extra === "" ? children : [...extra.split("\n"), ...children];
  return `${name}(\n  ${lines.join("\n  ")}\n)`;
}

/** Every line but the first moved right by two; empty lines stay empty. */
function indent(text: string): string {
  return text.replace(/\n(?=[^\n]*\S)/g, "\n  ");
}
