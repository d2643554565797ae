/**
 * The exact version of everything that the checks install beside the packages. Renewing one is one line here.
 *
 * Each is installed once, into a folder of its own below `.cache/check-pack`, outside the workspace and its lockfile.
 */

/** Oldest of Node 20 and 22 in which `require()` takes ES modules without a flag; of 22, 24 and 26 also the newest. */
export const NODES: readonly string[] = ["20.19.0", "22.12.0", "22.23.5", "24.22.3", "26.12.1"];

export const DENO = "deno@2.9.6";

export const BUN = "bun@1.4.5";

/** The oldest supported TypeScript, and the newest of 5, 6 and 7; with a create-vite of its time, for the template's tsconfig.json. */
export const TYPESCRIPTS: readonly { readonly typescript: string; readonly createVite: string }[] = [
  { typescript: "5.5.4", createVite: "5.4.0" },
  { typescript: "5.9.3", createVite: "8.3.0" },
  { typescript: "6.0.3", createVite: "9.3.0" },
  { typescript: "7.0.2", createVite: "9.3.0" },
];

/** Node's types, where a consumer has them. */
export const NODE_TYPES = "@types/node@22.20.5";

/** What consumers of the laws (`@kindling/<package>/testing`) have. */
export const VITEST = "vitest@4.1.12";

export const VITES: readonly string[] = ["vite@6.4.6", "vite@7.3.8", "vite@8.4.0"];

/** The plugin serves those who keep names: webpack minifies by another one, which is not a user's to configure. */
export const WEBPACK: readonly string[] = ["webpack@5.113.0", "webpack-cli@6.0.1", "terser-webpack-plugin@5.5.0"];

export const ESBUILD: readonly string[] = ["esbuild@0.28.2"];

/** Rollup resolves no package and no CommonJS by itself, and does not minify. */
export const ROLLUP: readonly string[] = [
  "rollup@4.68.8",
  "@rollup/plugin-node-resolve@16.0.3",
  "@rollup/plugin-commonjs@29.0.0",
  "@rollup/plugin-terser@0.4.4",
];

/** Optional peers that a page can use, and the one that consumers in Node have most often. */
export const PEERS = {
  none: [],
  wasm: ["@tensorflow/tfjs-backend-wasm@4.22.0"],
  all: [
    "@tensorflow/tfjs-backend-wasm@4.22.0",
    "@tensorflow/tfjs-backend-webgl@4.22.0",
    "@tensorflow/tfjs-backend-webgpu@4.22.0",
  ],
} as const satisfies Record<string, readonly string[]>;

export type PeerSet = keyof typeof PEERS;
