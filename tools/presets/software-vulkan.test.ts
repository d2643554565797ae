import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { type Surroundings, softwareVulkan } from "./software-vulkan.ts";

const BROWSER = "/usr/lib/chromium";
const DRIVER = `${BROWSER}/vk_swiftshader_icd.json`;

function on(
  files: readonly string[],
  env: Surroundings["env"] = {},
  platform: NodeJS.Platform = "linux",
): Surroundings {
  return { platform, env: { PLAYWRIGHT_BROWSERS_PATH: "/nowhere", ...env }, exists: (path) => files.includes(path) };
}

test("the driver is a browser's", () => {
  const files = [DRIVER, "/usr/lib/x86_64-linux-gnu/libvulkan.so.1"];
  expect(softwareVulkan(on(files))).toEqual({ VK_ICD_FILENAMES: DRIVER, XDG_RUNTIME_DIR: tmpdir() });
  expect(softwareVulkan(on(files, { VK_ICD_FILENAMES: "/own.json", XDG_RUNTIME_DIR: "/run/user/1" }))).toEqual({
    VK_ICD_FILENAMES: "/own.json",
    XDG_RUNTIME_DIR: "/run/user/1",
  });
  expect(softwareVulkan(on([]))).toEqual({});
  expect(softwareVulkan(on(files, {}, "darwin"))).toEqual({});
});

test("where the system has no loader, the browser's is found, after what the user has named", () => {
  const loader = `${BROWSER}/libvulkan.so.1`;
  expect(softwareVulkan(on([DRIVER, loader])).LD_LIBRARY_PATH).toBe(BROWSER);
  expect(softwareVulkan(on([DRIVER, loader], { LD_LIBRARY_PATH: "/opt/a:/opt/b" })).LD_LIBRARY_PATH).toBe(
    `/opt/a:/opt/b:${BROWSER}`,
  );
  expect(softwareVulkan(on([DRIVER, loader, "/lib64/libvulkan.so.1"])).LD_LIBRARY_PATH).toBeUndefined();
  const own = { LD_LIBRARY_PATH: "/opt/vulkan" };
  expect(softwareVulkan(on([DRIVER, loader, "/opt/vulkan/libvulkan.so.1"], own)).LD_LIBRARY_PATH).toBeUndefined();
  // Nobody has one.
  expect(softwareVulkan(on([DRIVER])).LD_LIBRARY_PATH).toBeUndefined();
});
