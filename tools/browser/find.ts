import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { playwrightBrowsers } from "./playwright-browsers.ts";

/** Variables that name a browser's executable, by path or by a name on the PATH. */
const VARIABLES = ["CHROME", "CHROMIUM"];

/** Names that Google Chrome and Chromium have on the PATH of a Linux. */
const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"];

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const here: Surroundings = { platform: process.platform, env: process.env, exists: existsSync };

/**
 * The executable of a browser that speaks Chrome's protocol: the one that `CHROME` or `CHROMIUM` names, else Google Chrome, Chromium, or what
 * Playwright has downloaded; undefined where there is none.
 *
 * @throws Error where a variable names what is not there.
 */
export function findBrowser(around: Surroundings = here): string | undefined {
  for (const variable of VARIABLES) {
    const value = around.env[variable];
    if (!value) continue;
    const found = isAbsolute(value) ? [value].find(around.exists) : onPath(value, around);
    if (found === undefined) throw new Error(`${variable} is ${value}, which is not there`);
    return found;
  }
  return installed(around).find(around.exists);
}

function installed(around: Surroundings): string[] {
  const { platform, env } = around;
  if (platform === "darwin") {
    const apps = ["Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium"];
    const folders = ["/Applications", join(env.HOME ?? "", "Applications")];
    return [...apps.flatMap((app) => folders.map((folder) => join(folder, app))), ...playwrightBrowsers(around)];
  }
  if (platform === "win32") {
    const folders = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    const browsers = ["Google\\Chrome", "Chromium"].flatMap((browser) =>
      folders.map((folder) => `${folder}\\${browser}\\Application\\chrome.exe`),
    );
    return [...browsers, ...playwrightBrowsers(around)];
  }
  const named = NAMES.flatMap((name) => onPath(name, around) ?? []);
  return [...named, ...playwrightBrowsers(around)];
}

function onPath(name: string, { env, exists }: Surroundings): string | undefined {
  return (env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(exists);
}
