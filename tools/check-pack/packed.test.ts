import { expect, test } from "vitest";
import { closureOf, entriesOf, type Packed, type PackedManifest } from "./packed.ts";

const pack = (name: string, manifest: Partial<PackedManifest> = {}): Packed => ({
  manifest: { name: `@kindling/${name}`, version: "0.1.0", exports: {}, ...manifest },
  folder: "",
  tarball: "",
  readme: "",
});

test("closureOf follows dependencies and peers, each once", () => {
  const all = [
    pack("core", { dependencies: { other: "1" } }),
    pack("nn", { peerDependencies: { "@kindling/core": "^0.1.0" } }),
    pack("trainer", { dependencies: { "@kindling/nn": "^0.1.0" }, peerDependencies: { "@kindling/core": "^0.1.0" } }),
    pack("optim"),
  ];
  const packed = new Map(all.map((one) => [one.manifest.name, one]));
  const names = closureOf(["@kindling/trainer"], packed).map(({ manifest }) => manifest.name);
  expect(names.sort()).toEqual(["@kindling/core", "@kindling/nn", "@kindling/trainer"]);
});

test("entriesOf gives what exists under the conditions, laws apart", () => {
  const backends = pack("backends", {
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./node": { browser: null, default: "./dist/node.js" },
      "./native": { node: { default: "./dist/native.js" } },
      "./testing": "./dist/testing/index.js",
      "./package.json": "./package.json",
    },
  });
  expect(entriesOf(backends, ["browser", "default"])).toEqual({
    main: ["@kindling/backends"],
    testing: ["@kindling/backends/testing"],
  });
  expect(entriesOf(backends, ["node", "default"]).main).toEqual([
    "@kindling/backends",
    "@kindling/backends/node",
    "@kindling/backends/native",
  ]);
});
