import { symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Cell, Surroundings } from "../cell.ts";
import { tryBundles } from "../package/bundle.ts";
import { tryExamples } from "../package/examples.ts";
import { lint } from "../package/lint.ts";
import { closureOf, type Packed, type Published, root, shownIn, UMBRELLA } from "../packed.ts";

/** Optional peers that no consumer here installs: vitest is lent, and TensorFlow's addons are tried by `pnpm test:tensorflow`. */
const LEFT_OUT: readonly string[] = ["vitest", "@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"];

/** Each package is linted, installed with its peers, type-checked, run as its README says, and bundled for the browser. */
export function packageCells(published: Iterable<Published>): Cell[] {
  return [...published].map((one) => ({
    name: `${one.manifest.name}: publint, attw, npm install, its README, strict types, bundles without Node`,
    packages: [one.manifest.name],
    needs: shownIn(one),
    tier: "short",
    ...(one.manifest.name === UMBRELLA ? {} : { proves: basename(one.folder) }),
    async run(around) {
      const packed = around.packed.get(one.manifest.name) as Packed;
      const [problems, folder] = await Promise.all([lint(packed), install(packed, around)]);
      return [...problems, ...(await tryExamples(packed, folder)), ...(await tryBundles(packed, folder))];
    },
  }));
}

async function install(one: Packed, { consumers, packed, folder }: Surroundings): Promise<string> {
  const names = [one.manifest.name, ...shownIn(one)].filter((name) => packed.has(name));
  const optional = closureOf(names, packed).flatMap(({ manifest }) =>
    Object.entries(manifest.peerDependencies ?? {})
      .filter(([name]) => manifest.peerDependenciesMeta?.[name]?.optional && !LEFT_OUT.includes(name))
      .map(([name, range]) => `${name}@${range}`),
  );
  const project = await folder(one.manifest.name);
  await consumers.make(project, [...new Set(names)], optional);
  // The laws are for vitest users; borrowing ours spares each consumer an installation of it.
  await symlink(join(root, "node_modules/vitest"), join(project, "node_modules/vitest"), "junction");
  return project;
}
