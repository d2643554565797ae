import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryUrl } from "../check-graph/manifests.ts";
import { checkCommands, type Manifest } from "./commands.ts";
import { checkLinks } from "./links.ts";
import { filesIn, type Page, pagesOf, workspace } from "./pages.ts";

const files = filesIn(workspace);
const pages = pagesOf(workspace, files);
const folders = ["packages", "apps"].flatMap((parent) =>
  readdirSync(join(workspace, parent)).map((name) => `${parent}/${name}`),
);
const manifests = [...folders, "bench", "examples"]
  .filter((folder) => existsSync(join(workspace, folder, "package.json")))
  .map((folder) => ({ folder, manifest: manifestIn(folder) }));

const templates = readdirSync(join(workspace, "packages/create-kindling/templates")).map(
  (name) => `packages/create-kindling/templates/${name}`,
);

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(workspace, folder, "package.json"), "utf8"));
}

describe("the pages of this repository", () => {
  test("have links that lead somewhere", () => {
    const published = new Set(manifests.filter(({ manifest }) => !manifest.private).map(({ folder }) => folder));
    expect(checkLinks({ pages, files, repository: repositoryUrl(workspace), published })).toEqual([]);
  });

  test("show commands that exist", () => {
    const packages = manifests.map(({ manifest }) => manifest);
    const isOf = (folder: string) => (page: Page) => page.path.startsWith(`${folder}/`);
    const ours = pages.filter((page) => !templates.some((folder) => isOf(folder)(page)));
    expect(checkCommands(ours, { root: manifestIn("."), packages, files })).toEqual([]);
    for (const folder of templates) {
      // A template is the root of a project of its own.
      const own = pages.filter(isOf(folder));
      expect(checkCommands(own, { root: manifestIn(folder), packages, files })).toEqual([]);
    }
  });

  test.each(manifests.filter(({ manifest }) => !manifest.private && manifest.name?.startsWith("@kindling/")))(
    "$folder says how it is installed, before its first example",
    ({ folder, manifest }) => {
      const [before = ""] = readFileSync(join(workspace, folder, "README.md"), "utf8").split("\n```ts");
      expect(before).toMatch(new RegExp(`^(npm install|npx)\\b.* ${manifest.name}\\b`, "m"));
    },
  );

  test("number each decision once", () => {
    const decisions = pages.filter(({ path }) => path.startsWith("docs/decisions/"));
    const titles = decisions.map(({ text }) => Number(/^# (\d+)\. /.exec(text)?.[1]));
    expect(titles).toEqual(decisions.map(({ path }) => Number(/(\d+)-[^/]*$/.exec(path)?.[1])));
    expect(titles.toSorted((a, b) => a - b)).toEqual(titles.map((_, index) => index + 1));
  });
});
