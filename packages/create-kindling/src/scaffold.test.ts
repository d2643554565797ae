import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type ScaffoldOptions, scaffold } from "./scaffold.ts";
import { type TemplateName, templates } from "./templates.ts";
import { VERSION } from "./version.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "create-kindling-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const manifestIn = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

test.each(templates)("$name becomes a project", async ({ name: template }) => {
  const folder = join(emptyFolder(), "deep", "My App");
  const made = await scaffold({ template, folder });
  expect(made).toMatchObject({ folder, name: "my-app" });

  const manifest = manifestIn(folder);
  expect(manifest.name).toBe("my-app");
  const ours = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies })
    .filter(([name]) => name.startsWith("@kindling/"))
    .map(([, range]) => range);
  expect(ours.length).toBeGreaterThan(0);
  expect(new Set(ours)).toEqual(new Set([`^${VERSION}`]));

  expect(made.files).toEqual(expect.arrayContaining([".gitignore", "README.md", "package.json", "tsconfig.json"]));
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toContain("node_modules");
  for (const file of made.files) {
    expect(existsSync(join(folder, file))).toBe(true);
    expect(file).not.toMatch(/_gitignore|(^|\/)(node_modules|dist)\//);
    const text = readFileSync(join(folder, file), "latin1");
    expect(text).not.toContain("workspace:");
    expect(text).not.toContain(`kindling-${template}`);
  }
});

test("a name of one's own, with a scope", async () => {
  const folder = emptyFolder();
  await scaffold({ template: "library", folder, name: "@me/norms" });
  expect(manifestIn(folder).name).toBe("@me/norms");
  expect(readFileSync(join(folder, "README.md"), "utf8")).toContain("@me/norms");
});

test("a repository that was just begun counts as empty", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, ".git"));
  await scaffold({ template: "library", folder });
  expect(existsSync(join(folder, "package.json"))).toBe(true);
});

test("a folder in use is left as it is", async () => {
  const folder = emptyFolder();
  for (const name of ["a.txt", "b.txt", "c.txt", "package.json", "z.txt"]) writeFileSync(join(folder, name), "mine");
  await expect(scaffold({ template: "library", folder })).rejects.toThrow(
    /is not empty: it holds a.txt, b.txt, c.txt and 2 more\.\nChoose another folder, or pass --overwrite/,
  );
  expect(readdirSync(folder)).toHaveLength(5);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("mine");
});

test("overwrite replaces files of the same name, and keeps the others", async () => {
  const folder = emptyFolder();
  for (const name of ["mine.txt", "package.json"]) writeFileSync(join(folder, name), "mine");
  await scaffold({ template: "library", folder, name: "fresh", overwrite: true });
  expect(manifestIn(folder).name).toBe("fresh");
  expect(readFileSync(join(folder, "mine.txt"), "utf8")).toBe("mine");
});

test.each<[Partial<ScaffoldOptions>, string]>([
  [{ template: "svelte" as TemplateName }, "There is no template 'svelte'."],
  [{ name: "My App" }, "npm does not take 'My App' as a package's name: "],
  [{ folder: import.meta.filename }, "scaffold.test.ts is a file, not a folder."],
])("%j is refused", async (options, message) => {
  const folder = emptyFolder();
  await expect(scaffold({ template: "library", folder, ...options })).rejects.toThrow(message);
  expect(readdirSync(folder)).toEqual([]);
});

test("a file in the way of a folder is named", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "src"), "");
  await expect(scaffold({ template: "library", folder, overwrite: true })).rejects.toThrow("cannot be written (E");
});
