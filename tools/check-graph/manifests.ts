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
  "main",
  "types",
  "typesVersions",
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

/** The first Node whose `require` loads ES modules: what makes ESM alone enough. */
const NODE = ">=20.19";

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
      ...wrongNode(folder, manifest),
      ...(isPublic(folder, manifest) ? missing(folder, manifest, address) : []),
      ...(manifest.private === true ? [] : unreachable(manifest)),
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

function wrongNode(folder: string, { engines, private: isPrivate }: Fields): string[] {
  if (engines === undefined && isPrivate === true && folder !== ".") return [];
  const found = (engines as { node?: unknown } | undefined)?.node;
  return found === NODE
    ? []
    : [`engines.node is ${JSON.stringify(found) ?? "missing"}; expected ${JSON.stringify(NODE)}`];
}

/**
 * What `require`, or a compiler that does not read `exports` (TypeScript with `module: "commonjs"`, its default up to 5.8), would not
 * find: `main`, `types` and `typesVersions` say the same as `exports`, and each entry has a `default`.
 */
function unreachable({ exports, main, types, typesVersions }: Fields): string[] {
  const entries = Object.entries(
    (exports ?? {}) as Readonly<Record<string, string | Readonly<Record<string, unknown>>>>,
  );
  const targets = entries.flatMap(([name, target]) => (typeof target === "string" ? [] : [{ name, target }]));
  const problems = targets
    .filter(({ target }) => Object.keys(target).at(-1) !== "default")
    .map(({ name }) => `exports["${name}"] has no default at its end, so require() does not find it`);
  const index = targets.find(({ name }) => name === ".")?.target;
  const others = targets.filter(({ name }) => name !== ".").map(({ name, target }) => [name.slice(2), [target.types]]);
  const expected = {
    main: index?.default,
    types: index?.types,
    typesVersions: others.length === 0 ? undefined : { "*": Object.fromEntries(others) },
  };
  for (const [field, found] of Object.entries({ main, types, typesVersions })) {
    const value = JSON.stringify(expected[field as keyof typeof expected]);
    if (JSON.stringify(found) === value) continue;
    problems.push(`${field} is ${JSON.stringify(found) ?? "missing"}; exports say ${value ?? "there is none"}`);
  }
  return problems;
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
