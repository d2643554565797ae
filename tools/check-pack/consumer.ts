import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { linkTree } from "./link-tree.ts";
import { PEERS, type PeerSet } from "./pinned.ts";
import type { Registry } from "./registry.ts";
import { npm } from "./tool.ts";

/** Makes projects as users do: an empty folder, `npm install @kindling/nn`. */
export class Consumers {
  readonly #registry: Registry;
  readonly #scratch: string;
  readonly #installed = new Map<string, Promise<string>>();

  constructor(registry: Registry, scratch: string) {
    this.#registry = registry;
    this.#scratch = scratch;
  }

  /** A project in `folder` with `names` and the peers of `peers`. Cells that want the same share one run of npm. */
  async make(folder: string, names: readonly string[], peers: PeerSet | readonly string[]): Promise<void> {
    const specs = [...names, ...(typeof peers === "string" ? PEERS[peers] : peers)];
    const key = [...specs].sort().join(" ");
    // Only a scope can be given a registry of its own, and `create-kindling` has none.
    const env = names.every((name) => name.startsWith("@kindling/")) ? {} : this.#registry.env;
    const installed = this.#installed.get(key) ?? this.#install(specs, env);
    this.#installed.set(key, installed);
    await linkTree(await installed, folder);
  }

  async #install(specs: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    const folder = join(this.#scratch, `installed-${this.#installed.size}`);
    await this.empty(folder);
    await npm(folder, ["install", ...specs], env);
    return folder;
  }

  /** A project in which nothing is installed yet. */
  async empty(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }\n');
    await writeFile(join(folder, ".npmrc"), this.#registry.npmrc);
  }
}
