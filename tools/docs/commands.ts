import { withoutFences } from "./links.ts";
import type { Page } from "./pages.ts";

/** A package.json, as far as a command can depend on it. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Workspace {
  readonly root: Manifest;
  /** The packages of the workspace. */
  readonly packages: readonly Manifest[];
  readonly files: readonly string[];
}

/** pnpm's and npm's own words: what is not a script. */
const BUILT_IN = new Set(["install", "exec", "pack", "publish", "create", "init", "add", "run", "version", "pkg"]);

/** Every command on the pages, in `sh` fences and in backticks, that cannot work, a line each. */
export function checkCommands(pages: readonly Page[], workspace: Workspace): string[] {
  return pages.flatMap((page) =>
    commandsOf(page.text).flatMap(({ line, command }) => {
      const problem = problemOf(command, workspace);
      return problem ? [`${page.path}:${line}: "${command}": ${problem}`] : [];
    }),
  );
}

interface Shown {
  readonly line: number;
  readonly command: string;
}

function commandsOf(markdown: string): Shown[] {
  const fences = [...markdown.matchAll(/^ *```(?:sh|bash)\s*\n(?<code>[\s\S]*?)^ *```\s*$/gm)].flatMap((match) => {
    const first = lineAt(markdown, match.index) + 1;
    const code = match.groups?.code ?? "";
    return code.split("\n").map((text, index) => ({ line: first + index, text }));
  });
  const prose = withoutFences(markdown);
  const spans = [...prose.matchAll(/`(?<text>(?:npm|pnpm|npx|pnpx|node|python3?) [^`\n]+)`/g)].map((match) => ({
    line: lineAt(prose, match.index),
    text: match.groups?.text ?? "",
  }));
  return [...fences, ...spans].flatMap(({ line, text }) =>
    text
      .replace(/(^|\s)#.*$/, "")
      .split(/&&|;|\|\|?/)
      .map((part) => ({ line, command: part.trim() }))
      .filter(({ command }) => command !== ""),
  );
}

function problemOf(command: string, workspace: Workspace): string | undefined {
  const [program, ...words] = command.split(/\s+/).filter((word) => !/^[A-Z_]+=/.test(word));
  switch (program?.split("@")[0]) {
    case "npm":
    case "pnpm":
      return problemOfManager(words, workspace);
    case "npx":
      return problemOfNpx(words, workspace);
    case "node":
    case "python":
    case "python3":
      return problemOfFile(words, workspace);
    default:
      return undefined;
  }
}

function problemOfManager(words: readonly string[], workspace: Workspace): string | undefined {
  const filter = words.findIndex((word) => word === "--filter" || word === "-F");
  const filtered = filter < 0 ? undefined : words[filter + 1];
  const owner = filtered?.startsWith("@kindling/")
    ? workspace.packages.find(({ name }) => name === filtered)
    : workspace.root;
  if (!owner) return `there is no package ${filtered}`;

  const rest = words.filter((word, index) => !word.startsWith("-") && (filter < 0 || index !== filter + 1));
  const [verb = "", ...operands] = rest;
  if (verb === "install" || verb === "add") return problemOfInstall(operands, workspace);
  if (verb === "create" && /^kindling\b/.test(operands[0] ?? "")) {
    return workspace.packages.some(({ name }) => name === "create-kindling")
      ? undefined
      : "create-kindling is not here";
  }
  const script = verb === "run" ? operands[0] : verb;
  if (!script || /[<*[A-Z]|^\.\.\.$/.test(script) || (verb !== "run" && BUILT_IN.has(script))) return undefined;
  return owner.scripts?.[script] ? undefined : `${owner.name} has no script "${script}"`;
}

/** A package that ours need or can use is installed in a version that they take. */
function problemOfInstall(operands: readonly string[], { packages }: Workspace): string | undefined {
  for (const operand of operands) {
    const { name = "", version } = /^(?<name>@?[^@]+)(?:@(?<version>.+))?$/.exec(operand)?.groups ?? {};
    if (name.startsWith("@kindling/") && !packages.some((one) => one.name === name && !one.private)) {
      return `${name} is not published`;
    }
    const wanted = packages.map((one) => one.peerDependencies?.[name] ?? one.dependencies?.[name]).find(Boolean);
    if (!wanted || wanted.startsWith("workspace:")) continue;
    if (version === undefined) {
      if (/^\d/.test(wanted)) return `${name} is needed in version ${wanted}`;
    } else if (!wanted.includes(version)) {
      return `${name} is needed in version ${wanted}`;
    }
  }
  return undefined;
}

/** Runs what we publish, what the workspace installs, or a tool named in full: never a stranger's package of our name. */
function problemOfNpx(words: readonly string[], { root, packages }: Workspace): string | undefined {
  const name = words.find((word) => !word.startsWith("-")) ?? "";
  const bare = name.replace(/(?<=.)@.*$/, "");
  if (bare === "pnpm") return undefined;
  const published = packages.some((one) => one.name === bare && !one.private && one.bin);
  const installed = [root, ...packages].some((one) => bare in { ...one.dependencies, ...one.devDependencies });
  return published || installed ? undefined : `npx would run a package "${bare}" that is not ours`;
}

function problemOfFile(words: readonly string[], { files }: Workspace): string | undefined {
  const file = words.find((word) => !word.startsWith("-"));
  if (!file?.includes("/") || file.startsWith("/") || file.startsWith("node_modules/")) return undefined;
  return files.includes(file) ? undefined : `there is no file ${file}`;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
