import { existsSync, readdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const FILE = "vk_swiftshader_icd.json";

/** Folders of browsers that ship SwiftShader, a Vulkan driver that computes on the CPU. */
const BROWSERS = [
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/usr/lib64/chromium-browser",
  "/opt/google/chrome",
  "/opt/chromium.org/chromium",
  "/snap/chromium/current/usr/lib/chromium-browser",
];

/** The driver file of SwiftShader in a browser that is installed here; undefined where there is none. */
export function findSwiftshader(): string | undefined {
  return [...BROWSERS, ...playwrightFolders()].map((folder) => join(folder, FILE)).find((file) => existsSync(file));
}

/** Where Playwright keeps the browsers that it has downloaded, newest first. */
function playwrightFolders(): string[] {
  const root = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), ".cache", "ms-playwright");
  if (!existsSync(root)) return [];
  const browsers = readdirSync(root)
    .filter((name) => name.startsWith("chromium"))
    .sort()
    .reverse();
  return browsers.flatMap((browser) => readdirSync(join(root, browser)).map((folder) => join(root, browser, folder)));
}

/** What tests add to their environment, so that webgpu finds a Vulkan driver in Node where there is no GPU. */
export function softwareVulkan(): Record<string, string> {
  const file = process.env.VK_ICD_FILENAMES ?? findSwiftshader();
  if (process.platform !== "linux" || file === undefined) return {};
  // The driver complains on stderr where it finds no folder for sockets, which it does not need.
  return { VK_ICD_FILENAMES: file, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? tmpdir() };
}
