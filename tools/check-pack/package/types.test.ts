import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOfTypes } from "./types.ts";

let folder: string;

async function install(name: string, declarations: string): Promise<void> {
  const home = join(folder, "node_modules", name);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), JSON.stringify({ name, version: "1.0.0", types: "./index.d.ts" }));
  await writeFile(join(home, "index.d.ts"), declarations);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindling-types-"));
  await install("stranger", "export declare const wrong: Missing;\n");
  await install("@kindling/wrong", 'export * from "stranger";\nexport declare function read(): Buffer;\n');
  await writeFile(join(folder, "surface.ts"), 'export * as wrong from "@kindling/wrong";\n');
  await writeFile(join(folder, "line-1.ts"), 'const n: number = "1";\nvoid n;\n');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("faults of our declarations and of examples are found; those of strangers are not ours", async () => {
  expect(await problemsOfTypes(folder, ["surface.ts", "line-1.ts"], false)).toEqual([
    expect.stringMatching(/^types: line-1\.ts\(1,7\): .* not assignable to type 'number'/),
    expect.stringMatching(/^types: node_modules\/@kindling\/wrong\/index\.d\.ts\(2,33\): .*'Buffer'/),
  ]);
});

test("an example that uses Node has its types", async () => {
  expect(await problemsOfTypes(folder, ["surface.ts"], true)).toEqual([]);
});
