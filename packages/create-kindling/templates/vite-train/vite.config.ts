import { existsSync } from "node:fs";
import { defineConfig } from "vite";

/** A page that is cross-origin isolated may share memory between threads: the wasm device then computes on several. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  // The site works in any folder of a host.
  base: "./",
  server: { headers },
  preview: { headers },
  worker: { format: "es" },
  // Vite finds by itself what the page imports, but not what its worker does.
  optimizeDeps: { entries: ["index.html", "src/worker.ts"] },
  define: {
    // Whether the files of MNIST are in public/mnist: src/digits.ts reads them then.
    "import.meta.env.MNIST": JSON.stringify(existsSync(new URL("public/mnist", import.meta.url))),
  },
});
