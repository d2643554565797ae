import { withoutFences } from "./links.ts";

/** A thing that the workspace has, for a page that says how to add another. */
export interface Precedent {
  /** What the page's `<placeholders>` stand for in its case. */
  readonly names: Readonly<Record<string, string>>;
  /** The words by which files name it: its class, its function. */
  readonly words: readonly string[];
  /** Files that name it for another reason than its being there. */
  readonly unrelated?: readonly string[];
}

/** The files of a page's tables, `<placeholders>` as they stand, and how many the page says there are. */
export function filesOf(markdown: string): { readonly listed: readonly string[]; readonly stated: number | undefined } {
  const prose = withoutFences(markdown);
  const listed = [...prose.matchAll(/^\| `([^`]+)` \|/gm)].map(([, file = ""]) => file);
  const [, word = ""] = /\b(\w+) files:/.exec(prose) ?? [];
  const index = NUMBERS.indexOf(word.toLowerCase());
  return { listed, stated: index < 0 ? undefined : index };
}

const NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(" ");

/** What is wrong with a page that says which files it takes to add a thing, a line each. */
export function checkAdding(
  markdown: string,
  { names, words, unrelated = [] }: Precedent,
  files: readonly string[],
  read: (file: string) => string,
): string[] {
  const { listed, stated } = filesOf(markdown);
  const problems: string[] = [];
  if (stated !== listed.length) problems.push(`says ${stated} files, lists ${listed.length}`);

  const meant = listed.map((file) => file.replace(/<(\w+)>/g, (all, name: string) => names[name] ?? all));
  for (const file of meant) {
    if (file.startsWith(".changeset/")) continue;
    const pattern = new RegExp(`^${file.replace(/[.+]/g, "\\$&").replace(/\*/g, "[^/]+")}$`);
    if (!files.some((one) => pattern.test(one))) problems.push(`lists ${file}, which is not there`);
  }

  if (words.length === 0) return problems;
  const folders = new Set(meant.map((file) => /^(packages\/[^/]+|tools\/golden)\//.exec(file)?.[1]).filter(Boolean));
  const named = new RegExp(`\\b(?:${words.join("|")})\\b`);
  for (const file of files) {
    const folder = /^(packages\/[^/]+|tools\/golden)\//.exec(file)?.[1];
    if (!folder || !folders.has(folder) || meant.includes(file) || unrelated.includes(file)) continue;
    if (/\/CHANGELOG\.md$/.test(file) || !/\.(ts|py|json|md)$/.test(file)) continue;
    if (named.test(read(file))) problems.push(`does not list ${file}, which names ${words.join(" or ")}`);
  }
  for (const file of unrelated) {
    if (!files.includes(file) || !named.test(read(file)))
      problems.push(`${file} no longer names ${words.join(" or ")}`);
  }
  return problems;
}
