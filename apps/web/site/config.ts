import { join } from "node:path";
import { defaultClientConditions, type InlineConfig } from "vite";
import { findData } from "./data-files.ts";
import { HEADERS, headers, ISOLATION } from "./headers.ts";
import { serviceWorker } from "./service-worker-plugin.ts";
import { siteFiles } from "./site-files.ts";

export interface SiteOptions {
  /** Where data sets are kept, as torchvision lays them out: Fashion-MNIST is taken from there. Default: `data` of the workspace. */
  readonly data?: string | undefined;
  /** Where else to fetch Fashion-MNIST from: a mirror's URL, or a folder. */
  readonly fashionMirror?: string | undefined;
}

/** How the site is made and served. Its packages are taken from their sources: nothing has to be built before. */
export async function siteConfig(command: "build" | "serve", options: SiteOptions = {}): Promise<InlineConfig> {
  const { data = join(import.meta.dirname, "../../../data"), fashionMirror } = options;
  const { datasets, files } = await findData(data, fashionMirror);
  return {
    configFile: false,
    root: join(import.meta.dirname, ".."),
    // The site may lie in any folder of a host.
    base: "./",
    resolve: { conditions: ["@kindling/source", ...defaultClientConditions] },
    define: { __SITE__: JSON.stringify({ base: command === "build" ? "../" : "/", datasets }) },
    plugins: [siteFiles(files), headers(), serviceWorker()],
    worker: { format: "es" },
    // `using` is lowered.
    build: { target: "es2022", modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1000, emptyOutDir: true },
    server: { headers: ISOLATION },
    preview: { headers: HEADERS },
  };
}
