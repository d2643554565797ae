import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesIn, workspace } from "../docs/pages.ts";

const read = (file: string) => readFileSync(join(workspace, file), "utf8");
const files = filesIn(workspace).filter((file) => file.endsWith(".golden.json"));

/** What settings.py pins: `"ATEN_CPU_CAPABILITY": "default"`. */
const pinned = [...read("tools/golden/settings.py").matchAll(/^ {4}"(\w+)": "(\w+)",$/gm)].map(([, name, value]) => [
  name,
  value,
]);
const versions = new Map(
  [...read("tools/golden/requirements.txt").matchAll(/^([\w.-]+)==(\S+)$/gm)].map(([, name = "", version]) => [
    name,
    version,
  ]),
);

/** Files of another origin than generate.py, or older than the settings. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "packages/recipes/src/mnist-anchor.golden.json": "trained for an hour before settings were pinned; six digits agree",
  "packages/recipes/src/testing/trajectories.golden.json": "trained on data that are not in the repository",
};

interface Head {
  readonly by: string;
  readonly [setting: string]: string | number;
}

test("there are golden files, and settings", () => {
  expect(files.length).toBeGreaterThan(20);
  expect(Object.fromEntries(pinned)).toMatchObject({ ATEN_CPU_CAPABILITY: "default", MKL_CBWR: "COMPATIBLE" });
  expect(versions.get("torch")).toMatch(/^\d+\.\d+\.\d+$/);
});

test.each(files.filter((file) => !(file in EXCEPTIONS)))("%s says who wrote it, with what", (file) => {
  const { generated } = JSON.parse(read(file)) as { generated: Head };
  const [script = "", subject] = generated.by.split(" ");
  if (script !== "tools/golden/generate.py") {
    expect(read(script)).toContain(file.split("/").at(-1));
    return;
  }
  expect(read(script)).toContain(`    "${subject}": `);
  expect(generated.torch).toBe(versions.get("torch"));
  expect(generated.threads).toBe(1);
  for (const name of ["ATEN_CPU_CAPABILITY", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA"]) {
    expect([name, generated[name]]).toEqual(pinned.find(([one]) => one === name));
  }
  for (const [name, version] of versions) expect([undefined, version]).toContain(generated[name]);
});

test("exceptions are files without a head", () => {
  for (const file of Object.keys(EXCEPTIONS)) expect(JSON.parse(read(file))).not.toHaveProperty("generated");
});
