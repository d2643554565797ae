import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";

/** The order of fields in every package.json: what it is, where it comes from, what it needs, what it offers, how it is worked on. */
const ORDER = [
  "name",
  "version",
  "private",
  "description",
  "keywords",
  "homepage",
  "bugs",
  "repository",
  "license",
  "type",
  "sideEffects",
  "engines",
  "devEngines",
  "bin",
  "files",
  "exports",
  "imports",
  "publishConfig",
  "scripts",
  "dependencies",
  "optionalDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
  "devDependencies",
];

/** Keywords that every published package has, so that a search for one finds all. */
const KEYWORDS = ["kindling", "pytorch"];

type Fields = Readonly<Record<string, unknown>>;

/** Where the repository is, as the root's package.json says: the one place to change. Without `git+` and `.git`. */
export function repositoryUrl(root: string): string {
  const { repository } = read(root, ".");
  const url = (repository as { url?: unknown } | undefined)?.url;
  const found = /^git\+(?<address>https:\/\/[^/]+\/[^/]+\/[^/]+)\.git$/.exec(String(url));
  if (!found?.groups?.address) throw new Error(`package.json: repository.url is ${url}, not git+https://.../....git`);
  return found.groups.address;
}

/** What is wrong with the package.json files of the workspace at `root`, a line each. */
export function checkManifests(root: string): string[] {
  const address = repositoryUrl(root);
  const folders = ["packages", "apps"].flatMap((parent) => subfolders(root, parent));
  return [".", ...folders, "bench", "examples"].flatMap((folder) => {
    const manifest = read(root, folder);
    const problems = [
      ...misplaced(manifest),
      ...(isPublic(folder, manifest) ? missing(folder, manifest, address) : []),
    ];
    return problems.map((problem) => `${join(folder, "package.json")}: ${problem}`);
  });
}

/** The root is private, yet names the repository like a published package. */
function isPublic(folder: string, manifest: Fields): boolean {
  return folder === "." || manifest.private !== true;
}

function misplaced(manifest: Fields): string[] {
  const fields = Object.keys(manifest);
  const unknown = fields.filter((field) => !ORDER.includes(field));
  if (unknown.length) return unknown.map((field) => `${field} has no place in tools/check-graph/manifests.ts`);
  const ordered = ORDER.filter((field) => fields.includes(field));
  const at = fields.findIndex((field, index) => field !== ordered[index]);
  return at < 0 ? [] : [`${fields[at]} is out of order; ${ordered[at]} belongs there`];
}

function missing(folder: string, manifest: Fields, address: string): string[] {
  const isRoot = folder === ".";
  const expected = {
    homepage: isRoot ? `${address}#readme` : `${address}/tree/main/${folder}#readme`,
    bugs: `${address}/issues`,
    repository: { type: "git", url: `git+${address}.git`, ...(isRoot ? {} : { directory: folder }) },
    license: "MIT",
    ...(isRoot ? {} : { publishConfig: { access: "public" } }),
  };
  const problems = Object.entries(expected)
    .map(([field, value]) => [field, JSON.stringify(value), JSON.stringify(manifest[field])])
    .filter(([, value, found]) => value !== found)
    .map(([field, value, found]) => `${field} is ${found ?? "missing"}; expected ${value}`);

  const keywords: unknown[] = Array.isArray(manifest.keywords) ? manifest.keywords : [];
  for (const keyword of KEYWORDS) if (!keywords.includes(keyword)) problems.push(`keywords lack "${keyword}"`);
  if (new Set(keywords).size < keywords.length) problems.push("keywords repeat themselves");
  if (keywords.length <= KEYWORDS.length) problems.push("keywords say nothing about this package");
  if (typeof manifest.description !== "string" || !manifest.description.endsWith(".")) {
    problems.push("description is not a sentence");
  }
  return problems;
}

function subfolders(root: string, parent: string): string[] {
  return readdirSync(join(root, parent))
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(join(root, folder, "package.json")));
}

function read(root: string, folder: string): Fields {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
}
