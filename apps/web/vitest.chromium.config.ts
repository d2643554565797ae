import { sitePreset } from "../../tools/presets/vitest-site.ts";

/** The built site in a real browser, as people use it. */
export default sitePreset(import.meta.dirname, {
  name: "web in Chromium",
  globalSetup: ["e2e/setup/global-setup.ts"],
  always: ["page.test.ts", "training.test.ts"],
  of: { package: "web" },
});
