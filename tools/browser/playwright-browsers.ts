import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "./find.ts";

/** Where the executable lies in a download, by platform; processors have folders of their own. */
const EXECUTABLES: Readonly<Record<string, readonly string[]>> = {
  linux: ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-linux-arm64/chrome"],
  darwin: ["chrome-mac", "chrome-mac-x64", "chrome-mac-arm64"].flatMap((folder) => [
    `${folder}/Chromium.app/Contents/MacOS/Chromium`,
    `${folder}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
  ]),
  win32: ["chrome-win/chrome.exe", "chrome-win64/chrome.exe"],
};

/**
 * Executables that may be among Playwright's downloads, newest first, whichever version of Playwright fetched them.
 *
 * @see https://playwright.dev/docs/browsers#managing-browser-binaries
 */
export function playwrightBrowsers({ platform, env }: Pick<Surroundings, "platform" | "env">): string[] {
  const cache = env.PLAYWRIGHT_BROWSERS_PATH || join(...cacheOf(platform, env), "ms-playwright");
  if (!existsSync(cache)) return [];
  const versions = readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice("chromium-".length)) - Number(a.slice("chromium-".length)));
  return versions.flatMap((version) => (EXECUTABLES[platform] ?? []).map((path) => join(cache, version, path)));
}

function cacheOf(platform: NodeJS.Platform, env: Surroundings["env"]): string[] {
  if (platform === "darwin") return [env.HOME ?? "", "Library", "Caches"];
  if (platform === "win32") return [env.LOCALAPPDATA ?? join(env.USERPROFILE ?? "", "AppData", "Local")];
  return [env.XDG_CACHE_HOME ?? join(env.HOME ?? "", ".cache")];
}
