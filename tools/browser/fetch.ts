import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Minutes after which a download is given up. */
const PATIENCE = 10;

/**
 * Fetches a browser that `findBrowser` will find; false where that cannot be done here. Root on Debian installs the package `chromium`, which
 * brings the libraries that it needs; others get Playwright's download.
 */
export function fetchBrowser(): boolean {
  return isRootOnDebian() ? fetchPackage() : fetchDownload();
}

/** Ubuntu's package of this name is a script that asks for a snap. */
function isRootOnDebian(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

function fetchPackage(): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]): boolean => succeeds("apt-get", ["-qq", ...args], env);
  return apt("update") && apt("install", "--yes", "--no-install-recommends", "chromium");
}

function fetchDownload(): boolean {
  const playwright = dirname(createRequire(import.meta.url).resolve("playwright/package.json"));
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" };
  // Not the shell that is Playwright's own for tests without a window: it has no WebGPU.
  return succeeds(process.execPath, [join(playwright, "cli.js"), "install", "--no-shell", "chromium"], env);
}

/** What the command prints goes to stderr. */
function succeeds(command: string, args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  return spawnSync(command, args, { env, stdio: ["ignore", 2, 2], timeout: PATIENCE * 60_000 }).status === 0;
}
