import { withoutFences } from "./links.ts";

/** A thing that the workspace has, for a page that says how to add another. */
export interface Precedent {
  /** What the page's `<placeholders>` stand for in its case. */
  readonly names: Readonly<Record<string, string>>;
  /** Some of its kind: a file that names them all is a list that a newcomer joins. */
  readonly kin: readonly string[];
  /** Files that name them all for another reason. */
  readonly unrelated?: readonly string[];
}

/** The files of a page's tables, `<placeholders>` as they stand, and how many the page says there are at most: "Five files, or six ...:". */
export function filesOf(markdown: string): { readonly listed: readonly string[]; readonly stated: number | undefined } {
  const prose = withoutFences(markdown);
  const listed = [...prose.matchAll(/^\| `([^`]+)` \|/gm)].map(([, file = ""]) => file);
  const [, least = "", word = least] = /\b(\w+) files(?:, or (\w+) with [^:\n]+)?:/.exec(prose) ?? [];
  const index = NUMBERS.indexOf(word.toLowerCase());
  return { listed, stated: index < 0 ? undefined : index };
}

const NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(" ");

/** What is wrong with a page that says which files it takes to add a thing, a line each. */
export function checkAdding(
  markdown: string,
  { names, kin, unrelated = [] }: Precedent,
  files: readonly string[],
  read: (file: string) => string,
): string[] {
  const { listed, stated } = filesOf(markdown);
  const problems: string[] = [];
  if (stated !== listed.length) problems.push(`says ${stated} files, lists ${listed.length}`);

  const meant = listed.map((file) => file.replace(/<(\w+)>/g, (all, name: string) => names[name] ?? all));
  const patternOf = (file: string) => new RegExp(`^${file.replace(/[.+]/g, "\\$&").replace(/\*/g, "[^/]+")}$`);
  const patterns = meant.map(patternOf);
  for (const [i, file] of meant.entries()) {
    if (file.startsWith(".changeset/")) continue;
    if (!files.some((one) => patterns[i]?.test(one))) problems.push(`lists ${file}, which is not there`);
  }

  if (kin.length === 0) return problems;
  const folderOf = (file: string) => /^(packages\/[^/]+|tools\/golden)\//.exec(file)?.[1];
  const folders = new Set(meant.map(folderOf));
  const isList = (file: string) => {
    const text = read(file);
    return kin.every((name) => new RegExp(`\\b${name}\\b`).test(text));
  };
  for (const file of files) {
    // Every name that PyTorch has is in `-names.golden.json` beforehand.
    if (!/\.(ts|py|json|md)$/.test(file) || /\/CHANGELOG\.md$|-names\.golden\.json$/.test(file)) continue;
    if (folderOf(file) === undefined || !folders.has(folderOf(file))) continue;
    if (patterns.some((pattern) => pattern.test(file)) || unrelated.includes(file) || !isList(file)) continue;
    problems.push(`does not list ${file}, which names ${kin.join(", ")}`);
  }
  for (const file of unrelated) {
    if (!files.includes(file) || !isList(file)) problems.push(`${file} no longer names ${kin.join(", ")}`);
  }
  return problems;
}
