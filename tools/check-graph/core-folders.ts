import { type Source, target } from "./sources.ts";

const ROOT = "packages/core/src/";

/** Which folders of core each may import, from the ground up: a row names only rows above it. `index.ts` and its like stand on all of them. */
export const coreFolders: Readonly<Record<string, readonly string[]>> = {
  base: [],
  format: ["base"],
  random: ["base"],
  device: ["base"],
  storage: ["base", "device"],
  devices: ["base", "device", "storage"],
  scope: ["base", "storage"],
  tensor: ["base", "random", "device", "storage", "scope"],
  graph: ["base", "device", "storage", "scope", "tensor"],
  ops: ["base", "random", "device", "storage", "devices", "scope", "tensor", "graph"],
  autograd: ["base", "device", "scope", "tensor", "graph", "ops"],
  state: ["base", "scope", "tensor"],
  api: ["base", "format", "random", "device", "devices", "scope", "tensor", "graph", "ops", "autograd"],
};

/** Whatever the laws need, the entry points too. */
const UNBOUND = ["testing"];

/** What `source` of core imports against the table, a line each. Tests may import anything. */
export function checkCoreFolders(source: Source): string[] {
  const folder = folderOf(source.path);
  if (folder === undefined || UNBOUND.includes(folder) || /\.(test|test-d)\.ts$/.test(source.path)) return [];
  const may = Object.hasOwn(coreFolders, folder) ? coreFolders[folder] : undefined;
  if (may === undefined) {
    return [`${source.path}: the folder ${folder} is not in the table; add it to tools/check-graph/core-folders.ts`];
  }
  return source.imports
    .filter((specifier) => specifier.startsWith("."))
    .filter((specifier) => {
      const to = folderOf(target(source, specifier));
      return to !== folder && (to === undefined || !may.includes(to));
    })
    .map((specifier) => `${source.path}: "${specifier}" is above core's folder ${folder}`);
}

/** The folder of core that a file is in; undefined beside the entry points and outside of core. */
function folderOf(path: string): string | undefined {
  return path.startsWith(ROOT) ? /^([^/]+)\//.exec(path.slice(ROOT.length))?.[1] : undefined;
}
