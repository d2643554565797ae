import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pinned, pnpm, root } from "./pnpm.mjs";

/**
 * Brings a clone to where its command runs: dependencies installed from the lockfile, packages built.
 * Each step is stamped with a hash of what it depends on, so a second call costs the reading of the sources.
 */
export function setUp() {
  install();
  build();
}

/** Installs what pnpm-lock.yaml says, unless it stands already. */
export function install() {
  step("install", hashOf([pinned, ...read(manifests())]), () =>
    // CI: when pnpm must replace node_modules, it does so without asking.
    pnpm(["install", "--frozen-lockfile", "--reporter=append-only"], { env: { CI: "true" }, stdio: ["ignore", 2, 2] }),
  );
}

/** Builds the `kindling` command and every package that it needs, unless they stand already. */
export function build() {
  const stamp = hashOf([process.version.split(".")[0], ...read([...manifests(), ...sources()])]);
  step("build", stamp, () =>
    pnpm(["exec", "turbo", "run", "build", "--filter=@kindling/node...", "--output-logs=errors-only"], {
      env: { TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
      stdio: ["ignore", 2, 2],
    }),
  );
}

function step(name, stamp, run) {
  const file = join(root, "node_modules", ".kindling", name);
  if (existsSync(file) && readFileSync(file, "utf8") === stamp && (name !== "build" || built())) return;
  process.stderr.write(`kindling: ${name} ...\n`);
  const code = run();
  if (code !== 0) {
    process.stderr.write(`kindling: ${name} failed (exit code ${code})\n`);
    process.exit(code);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}

const folders = () => [
  ...["packages", "apps"].flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)),
  "bench",
  "examples",
];

const manifests = () =>
  ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.mjs", "package.json"].concat(
    folders().map((folder) => `${folder}/package.json`),
  );

const sources = () => [
  "tsconfig.base.json",
  "turbo.json",
  ...sourcesIn("tools/presets"),
  ...folders().flatMap((folder) => [
    `${folder}/tsup.config.ts`,
    `${folder}/tsconfig.json`,
    ...sourcesIn(`${folder}/src`),
  ]),
];

function sourcesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|test-d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length));
}

/** The command and all that it imports have their `dist`: someone may have cleaned it away. */
function built() {
  const { dependencies } = JSON.parse(readFileSync(join(root, "apps/node/package.json"), "utf8"));
  const internal = Object.keys(dependencies).filter((name) => name.startsWith("@kindling/"));
  const needed = ["apps/node", ...internal.map((name) => name.replace("@kindling", "packages"))];
  return needed.every((folder) => existsSync(join(root, folder, "dist")));
}

function* read(files) {
  for (const file of files.filter((name) => existsSync(join(root, name))).sort()) {
    yield file;
    yield readFileSync(join(root, file));
  }
}

function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}
