import { existsSync, readdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const DRIVER = "vk_swiftshader_icd.json";

/** The loader through which a program finds Vulkan's drivers. Browsers ship one of their own, for themselves. */
const LOADER = "libvulkan.so.1";

/** Folders of browsers that ship SwiftShader, a Vulkan driver that computes on the CPU. */
const BROWSERS = [
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/usr/lib64/chromium-browser",
  "/opt/google/chrome",
  "/opt/chromium.org/chromium",
  "/snap/chromium/current/usr/lib/chromium-browser",
];

/** Where a Linux keeps its libraries. */
const LIBRARIES = [
  ...["x86_64", "aarch64"].flatMap((processor) => [
    `/lib/${processor}-linux-gnu`,
    `/usr/lib/${processor}-linux-gnu`,
    `/usr/local/lib/${processor}-linux-gnu`,
  ]),
  ...["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"],
];

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const here: Surroundings = { platform: process.platform, env: process.env, exists: existsSync };

/** Where Playwright keeps the browsers that it has downloaded, newest first. */
function playwrightFolders(env: Surroundings["env"]): string[] {
  const root = env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), ".cache", "ms-playwright");
  if (!existsSync(root)) return [];
  const browsers = readdirSync(root)
    .filter((name) => name.startsWith("chromium"))
    .sort()
    .reverse();
  return browsers.flatMap((browser) => readdirSync(join(root, browser)).map((folder) => join(root, browser, folder)));
}

/**
 * What tests add to their environment, so that webgpu finds a Vulkan driver in Node where there is no GPU: SwiftShader, of a browser that is
 * installed; and the browser's loader too where the system has none (Debian: libvulkan1).
 */
export function softwareVulkan(around: Surroundings = here): Record<string, string> {
  const { platform, env, exists } = around;
  const driver =
    env.VK_ICD_FILENAMES ??
    [...BROWSERS, ...playwrightFolders(env)].map((folder) => join(folder, DRIVER)).find((file) => exists(file));
  if (platform !== "linux" || driver === undefined) return {};
  return {
    VK_ICD_FILENAMES: driver,
    // The driver complains on stderr where it finds no folder for sockets, which it does not need.
    XDG_RUNTIME_DIR: env.XDG_RUNTIME_DIR ?? tmpdir(),
    ...loaderBeside(driver, around),
  };
}

/** The system looks for libraries in these folders when a process starts: those that vitest starts are given them. */
function loaderBeside(driver: string, { env, exists }: Surroundings): Record<string, string> {
  const named = (env.LD_LIBRARY_PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const folder = dirname(driver);
  const has = (place: string): boolean => exists(join(place, LOADER));
  if ([...named, ...LIBRARIES].some(has) || !has(folder)) return {};
  return { LD_LIBRARY_PATH: [...named, folder].join(delimiter) };
}
