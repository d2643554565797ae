import { dirname, join, normalize } from "node:path/posix";
import type { Page } from "./pages.ts";

/** What the links and paths of pages are held against. */
export interface Surroundings {
  readonly pages: readonly Page[];
  /** Every file of the repository, from its root. */
  readonly files: readonly string[];
  /** `https://host/owner/name`. */
  readonly repository: string;
  /** Folders whose README.md is published: on npm, relative links lead nowhere. */
  readonly published: ReadonlySet<string>;
}

/** Every link or path on the pages that leads nowhere, a line each: to files, to headings, to folders in backticks. */
export function checkLinks({ pages, files, repository, published }: Surroundings): string[] {
  const places = new Set(files.flatMap((file) => [file, ...foldersAbove(file)]));
  const headings = new Map(pages.map(({ path, text }) => [path, anchorsOf(text)]));

  const problemOf = (page: Page, target: string): string | undefined => {
    const [address = "", anchor] = target.split("#", 2);
    if (address === "" && anchor !== undefined) return withoutHeading(page.path, anchor);
    if (address.startsWith(`${repository}/`)) return problemOfAddress(address.slice(repository.length + 1), anchor);
    if (/^[a-z][a-z+.-]*:/.test(address)) return undefined;
    if (published.has(dirname(page.path)) && page.path.endsWith("README.md")) {
      return "is relative; npm needs the whole address";
    }
    return problemOfPath(normalize(join(dirname(page.path), address)), anchor);
  };

  const problemOfAddress = (rest: string, anchor: string | undefined): string | undefined => {
    const { kind, path = "" } = /^(?<kind>tree|blob)\/main\/(?<path>.+)$/.exec(rest)?.groups ?? {};
    if (kind === undefined) return undefined;
    if ((kind === "blob") !== files.includes(path) && places.has(path)) {
      return `must begin with ${repository}/${kind === "blob" ? "tree" : "blob"}/`;
    }
    return problemOfPath(path, anchor);
  };

  const problemOfPath = (path: string, anchor: string | undefined): string | undefined => {
    const place = path.replace(/\/$/, "");
    if (!places.has(place)) return "leads to no file";
    if (anchor === undefined) return undefined;
    return withoutHeading(headings.has(place) ? place : join(place, "README.md"), anchor);
  };

  const withoutHeading = (path: string, anchor: string): string | undefined =>
    headings.get(path)?.has(anchor) ? undefined : "leads to no heading";

  return pages.flatMap((page) => [
    ...linksOf(page.text).flatMap(({ line, target }) => {
      const problem = problemOf(page, target);
      return problem ? [`${page.path}:${line}: ${target} ${problem}`] : [];
    }),
    ...pathsOf(page.text)
      .filter(({ target }) => !exists(target, dirname(page.path), places))
      .map(({ line, target }) => `${page.path}:${line}: \`${target}\` is no file here`),
  ]);
}

interface Mention {
  readonly line: number;
  readonly target: string;
}

/** The targets of links and images, those in code apart. */
function linksOf(markdown: string): Mention[] {
  const prose = withoutCode(markdown);
  const patterns = [
    /\[(?:[^\]\\]|\\.|\[[^\]]*\])*\]\(\s*<?(?<target>[^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g,
    /^\s*\[[^\]]+\]:\s*<?(?<target>[^\s>]+)/gm,
    /<(?:a|img)\b[^>]*?\b(?:href|src)="(?<target>[^"]+)"/g,
  ];
  return patterns.flatMap((pattern) => mentions(prose, pattern));
}

/** Paths of the repository, or of the package that the page belongs to, in backticks. Those with `<placeholders>` are not meant. */
function pathsOf(markdown: string): Mention[] {
  const roots = "docs|packages|apps|tools|bench|examples|src|e2e|site";
  const path = new RegExp(`\`(?<target>(?:${roots})/[\\w@.*{},/-]+)\``, "g");
  return mentions(withoutFences(markdown), path);
}

function mentions(text: string, pattern: RegExp): Mention[] {
  return [...text.matchAll(pattern)].map((match) => ({
    line: text.slice(0, match.index + match[0].lastIndexOf(match.groups?.target ?? "")).split("\n").length,
    target: match.groups?.target ?? "",
  }));
}

/** Whether `path` is there, from the root or from the page's own folder; `*` and `{a,b}` as in a shell, one match will do. */
function exists(path: string, folder: string, places: ReadonlySet<string>): boolean {
  const wanted = [path, join(folder, path)].map((one) => one.replace(/\/$/, ""));
  if (wanted.some((one) => places.has(one))) return true;
  if (!/[*{]/.test(path)) return false;
  const globs = wanted.map((one) => {
    const source = one
      .replace(/[.+^$()|[\]\\]/g, "\\$&")
      .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(",", "|")})`)
      .replace(/\*/g, "[^/]*");
    return new RegExp(`^${source}$`);
  });
  return [...places].some((place) => globs.some((glob) => glob.test(place)));
}

function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === "." ? [] : [folder, ...foldersAbove(folder)];
}

/** The anchors of a page's headings, as GitHub and npm make them. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, title = ""] of withoutFences(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*\s*$/gm)) {
    const slug = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[`*]/g, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** `markdown` with its fences blank, line for line. */
export function withoutFences(markdown: string): string {
  return markdown.replace(/^( *)(```|~~~)[^\n]*\n[\s\S]*?^\1\2\s*$/gm, (fence) => fence.replace(/[^\n]/g, ""));
}

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/(`+)[^`\n]+?\1/g, (code) => " ".repeat(code.length));
}
