import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { findBrowser, type Surroundings } from "./find.ts";
import { missing } from "./missing.ts";

const at = (platform: NodeJS.Platform, env: Surroundings["env"], ...files: string[]): Surroundings => ({
  platform,
  env,
  exists: (path) => files.includes(path),
});

test("a browser is here for the tests in pages; in CI it must be", ({ skip }) => {
  if (findBrowser() === undefined && !process.env.CI) skip(missing);
  expect(findBrowser(), missing).toBeDefined();
});

test("the variables come first, as a path or as a name on the PATH", () => {
  const PATH = ["/usr/bin", "/opt/x"].join(delimiter);
  const files = ["/usr/bin/google-chrome", "/opt/x/my-chrome", "/elsewhere/chrome"];
  expect(findBrowser(at("linux", { PATH }, ...files))).toBe("/usr/bin/google-chrome");
  expect(findBrowser(at("linux", { PATH, CHROME: "/elsewhere/chrome" }, ...files))).toBe("/elsewhere/chrome");
  expect(findBrowser(at("linux", { PATH, CHROMIUM: "my-chrome" }, ...files))).toBe(join("/opt/x", "my-chrome"));
  expect(() => findBrowser(at("linux", { PATH, CHROME: "/gone" }, ...files))).toThrow(
    "CHROME is /gone, which is not there",
  );
});

test("Google Chrome comes before Chromium, where each system keeps them", () => {
  const linux = { PATH: "/usr/bin" };
  expect(findBrowser(at("linux", linux, "/usr/bin/chromium", "/usr/bin/google-chrome"))).toBe("/usr/bin/google-chrome");
  expect(findBrowser(at("linux", linux, "/usr/bin/chromium"))).toBe("/usr/bin/chromium");

  const chrome = "Google Chrome.app/Contents/MacOS/Google Chrome";
  expect(findBrowser(at("darwin", { HOME: "/Users/a" }, `/Users/a/Applications/${chrome}`))).toContain(
    "/Users/a/Applications",
  );
  expect(findBrowser(at("darwin", {}, `/Applications/${chrome}`))).toBe(`/Applications/${chrome}`);

  const windows = { PROGRAMFILES: "C:\\Program Files", LOCALAPPDATA: "C:\\Users\\a\\AppData\\Local" };
  const own = "C:\\Users\\a\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe";
  expect(findBrowser(at("win32", windows, own))).toBe(own);
  expect(findBrowser(at("win32", windows))).toBeUndefined();
});

test("the newest of Playwright's downloads is the last resort", () => {
  const cache = mkdtempSync(join(tmpdir(), "kindling-browsers-"));
  try {
    const executable = (version: string): string => join(cache, version, "chrome-linux64", "chrome");
    for (const version of ["chromium-999", "chromium-1255", "chromium_headless_shell-1300"]) {
      mkdirSync(join(cache, version, "chrome-linux64"), { recursive: true });
      writeFileSync(executable(version), "");
    }
    const env = { PATH: "/usr/bin", PLAYWRIGHT_BROWSERS_PATH: cache };
    const files = [executable("chromium-999"), executable("chromium-1255")];
    expect(findBrowser(at("linux", env, ...files))).toBe(executable("chromium-1255"));
    expect(findBrowser(at("linux", env, files[0] as string))).toBe(files[0]);
    expect(findBrowser(at("linux", env, "/usr/bin/chromium", ...files))).toBe("/usr/bin/chromium");
  } finally {
    rmSync(cache, { recursive: true });
  }
});
