import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkManifests, repositoryUrl } from "./manifests.ts";

const address = "https://github.com/someone/something";
const repository = { type: "git", url: `git+${address}.git` };

const root = {
  name: "root",
  private: true,
  description: "The workspace.",
  keywords: ["kindling", "pytorch", "workspace"],
  homepage: `${address}#readme`,
  bugs: `${address}/issues`,
  repository,
  license: "MIT",
  engines: { node: ">=20.19" },
};

const nn = {
  name: "@kindling/nn",
  description: "Layers.",
  keywords: ["kindling", "pytorch", "layers"],
  homepage: `${address}/tree/main/packages/nn#readme`,
  bugs: `${address}/issues`,
  repository: { ...repository, directory: "packages/nn" },
  license: "MIT",
  engines: { node: ">=20.19" },
  main: "./dist/index.js",
  types: "./dist/index.d.ts",
  typesVersions: { "*": { testing: ["./dist/testing/index.d.ts"] } },
  exports: {
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./testing": { types: "./dist/testing/index.d.ts", default: "./dist/testing/index.js" },
    "./package.json": "./package.json",
  },
  publishConfig: { access: "public" },
};

/** The problems of a workspace with these manifests. */
function problems(manifests: Readonly<Record<string, object>> = {}): string[] {
  const folder = mkdtempSync(join(tmpdir(), "kindling-manifests-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const empty = { name: "private", private: true };
  const all = { ".": root, "packages/nn": nn, "apps/node": empty, bench: empty, examples: empty, ...manifests };
  for (const [name, manifest] of Object.entries(all)) {
    const file = join(folder, name, "package.json");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(manifest));
  }
  return checkManifests(folder);
}

test("manifests that keep the rule", () => {
  expect(problems()).toEqual([]);
});

describe("each field of a published package", () => {
  test.each(["description", "keywords", "homepage", "bugs", "repository", "license", "publishConfig"])(
    "%s may not be missing",
    (field) => {
      const { [field as keyof typeof nn]: _, ...rest } = nn;
      expect(problems({ "packages/nn": rest })[0]).toMatch(new RegExp(`^packages/nn/package.json: ${field}`));
    },
  );

  test.each([
    ["another repository", { ...nn, repository: { ...nn.repository, url: "git+https://github.com/else/where.git" } }],
    ["another folder", { ...nn, repository: { ...nn.repository, directory: "packages/optim" } }],
    ["another homepage", { ...nn, homepage: `${address}#readme` }],
    ["a missing shared keyword", { ...nn, keywords: ["kindling", "layers", "modules"] }],
    ["an older Node", { ...nn, engines: { node: ">=20" } }],
    ["another main", { ...nn, main: "./dist/main.js" }],
    ["no types for compilers that do not read exports", { ...nn, types: undefined }],
    ["a subpath that such compilers do not find", { ...nn, typesVersions: undefined }],
    [
      "an entry that require does not find",
      { ...nn, exports: { ...nn.exports, ".": { types: nn.types, import: nn.main } }, main: undefined },
    ],
    ["only the shared keywords", { ...nn, keywords: ["kindling", "pytorch"] }],
    ["a keyword twice", { ...nn, keywords: ["kindling", "pytorch", "layers", "layers"] }],
  ])("%s", (_, manifest) => {
    expect(problems({ "packages/nn": manifest })).toHaveLength(1);
  });
});

test("a private package needs none of them", () => {
  expect(problems({ "packages/nn": { name: "@kindling/nn", private: true } })).toEqual([]);
});

test("fields in another order", () => {
  const { license, ...rest } = nn;
  expect(problems({ "packages/nn": { license, ...rest } })).toEqual([
    "packages/nn/package.json: license is out of order; name belongs there",
  ]);
});

test("a field without a place", () => {
  expect(problems({ "packages/nn": { ...nn, author: "me" } })).toEqual([
    "packages/nn/package.json: author has no place in tools/check-graph/manifests.ts",
  ]);
});

test("the repository must be named in full", () => {
  const bare = { ...root, repository: { type: "git", url: "github:someone/something" } };
  expect(() => problems({ ".": bare })).toThrow("repository.url is github:someone/something");
});

test("this workspace keeps the rule", () => {
  const workspace = resolve(import.meta.dirname, "../..");
  expect(checkManifests(workspace)).toEqual([]);
  expect(repositoryUrl(workspace)).toMatch(/^https:/);
});
