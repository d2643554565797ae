import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { FashionMNIST } from "@kindling/datasets";
import { tinyMNIST } from "@kindling/datasets/testing";
import { build, type Plugin } from "vite";
import { siteConfig } from "../../site/config.ts";

/**
 * Builds the site with a data folder in which a small Fashion-MNIST lies: `fashion-site.ts FOLDER` makes it in `FOLDER/site`. Never is anything read
 * that is not the data set, to the bit, here as in the page; so both are told that this is the data set.
 */
async function main(folder: string): Promise<void> {
  const { TinyMNIST, files } = await tinyMNIST({ train: 2000, test: 600 });
  const { resources } = TinyMNIST;
  Object.defineProperty(FashionMNIST, "resources", { value: resources });
  const raw = join(folder, "data/FashionMNIST/raw");
  await mkdir(raw, { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(raw, name), bytes);

  const inPage: Plugin = {
    name: "tiny-fashion-mnist",
    enforce: "pre",
    transform: (code, id) =>
      id.endsWith("/fashion-mnist.ts")
        ? code.replace(/resource\("([\w-]+)", \d+, "\w+"\)/g, (_all, file) =>
            JSON.stringify(resources.find((resource) => resource.file === file)),
          )
        : null,
  };
  process.env.NODE_ENV = "production";
  const config = await siteConfig("build", { data: join(folder, "data") });
  const outDir = join(folder, "site");
  const plugins = [...(config.plugins ?? []), inPage];
  const worker = { ...config.worker, plugins: () => [inPage] };
  await build({ ...config, plugins, worker, logLevel: "warn", build: { ...config.build, outDir } });
}

await main(process.argv[2] as string);
