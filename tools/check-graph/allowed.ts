/** Who may import whom, by folder: the table of the README's packages. Nothing else may. */
const packages: Record<string, readonly string[]> = {
  core: [],
  nn: ["core"],
  optim: ["core"],
  transforms: ["core"],
  data: ["core"],
  datasets: ["core", "data"],
  metrics: ["core"],
  safetensors: ["core"],
  tqdm: [],
  onnx: ["core"],
  backends: ["core", "onnx"],
  trainer: ["core", "nn", "optim", "data", "metrics", "safetensors", "tqdm"],
};

const published = [...Object.keys(packages), "kindling"];
const everything = [...published, "recipes"];

export const allowed: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(packages).map(([name, may]) => [`packages/${name}`, may])),
  "packages/kindling": Object.keys(packages),
  "packages/tensorflow-from-wheel": [],
  // The templates are tried on source here; what is published imports none of the packages.
  "packages/create-kindling": published,
  "packages/create-kindling/templates/library": ["core", "nn"],
  "packages/create-kindling/templates/node-train": ["core", "kindling", "safetensors"],
  "packages/create-kindling/templates/vite-predict": ["core", "nn", "safetensors"],
  "packages/create-kindling/templates/vite-train": ["core", "nn", "optim", "data", "datasets", "tqdm", "backends"],
  "packages/recipes": published,
  "packages/conformance": everything,
  "apps/node": everything,
  "apps/web": everything,
  bench: everything,
  examples: everything,
};

/** Files that may import Node's own modules: no browser loads them. */
export const mayUseNode = [
  /^(apps|bench|examples|tools)\//,
  /\.(test|test-d)\.ts$/,
  /[./]node\.ts$/,
  /\.config\.ts$/,
  /^packages\/[^/]+\/(python|tensorflow)\//,
  /^packages\/tensorflow-from-wheel\//,
  /^packages\/create-kindling\/(src|templates\/node-train)\//,
];

/** Files that may import TensorFlow.js: the floor under the devices, and nothing above it. */
export const mayUseTfjs = [
  /^packages\/core\/src\/devices\//,
  /^packages\/core\/src\/api\/exchange/,
  /^packages\/backends\//,
  /^bench\//,
];
