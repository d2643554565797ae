import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { environment } from "./environment.ts";
import type { PackedManifest } from "./packed.ts";
import { serveRegistry } from "./registry.ts";

const execute = promisify(execFile);
const scratch = mkdtempSync(join(tmpdir(), "kindling-registry-"));
afterAll(() => rmSync(scratch, { recursive: true }));

async function pack(name: string, fields: object = {}): Promise<{ manifest: PackedManifest; tarball: string }> {
  const folder = join(scratch, name);
  const manifest = { name, version: "0.1.0", exports: { ".": "./index.js" }, ...fields };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "index.js"), "#!/usr/bin/env node\nconsole.log('it runs');\n");
  const { stdout } = await execute("npm", ["pack", "--silent", "--pack-destination", scratch], { cwd: folder });
  return { manifest, tarball: join(scratch, stdout.trim()) };
}

test("npm installs by name and range, peers and commands of unscoped packages included", {
  timeout: 180_000,
}, async () => {
  const registry = await serveRegistry([
    await pack("@kindling/core"),
    await pack("@kindling/nn", { peerDependencies: { "@kindling/core": "^0.1.0" } }),
    await pack("create-something", { bin: "./index.js" }),
  ]);
  try {
    const folder = join(scratch, "consumer");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), '{ "dependencies": { "@kindling/nn": "^0.1.0" } }');
    writeFileSync(join(folder, ".npmrc"), registry.npmrc);
    await execute("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, env: environment() });
    const installed = readFileSync(join(folder, "node_modules/@kindling/core/package.json"), "utf8");
    expect(JSON.parse(installed).version).toBe("0.1.0");
    expect(readFileSync(join(folder, "package-lock.json"), "utf8")).toContain('"integrity": "sha512-');

    const { stdout } = await execute("npm", ["create", "--yes", "something"], {
      cwd: scratch,
      env: environment({ ...registry.env, npm_config_cache: join(scratch, "cache") }),
    });
    expect(stdout).toContain("it runs");
  } finally {
    await registry.close();
  }
});

test("what was not packed is not found under the scope, and is redirected to the default registry elsewhere", async () => {
  const registry = await serveRegistry([]);
  try {
    expect((await fetch(`${registry.url}@kindling%2fmissing`)).status).toBe(404);
    const { status, headers } = await fetch(`${registry.url}esbuild`, { redirect: "manual" });
    expect(status).toBe(302);
    expect(headers.get("location")).toMatch(/^https?:\/\/.*\/esbuild$/);
    expect((await fetch(registry.url, { method: "PUT" })).status).toBe(404);
  } finally {
    await registry.close();
  }
});
