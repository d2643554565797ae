import { sitePreset } from "../../tools/presets/vitest-site.ts";

/** The wasm device in built pages, as bundlers leave it. */
export default sitePreset(import.meta.dirname, {
  name: "backends in Chromium",
  globalSetup: [],
  always: [],
  of: { device: "wasm", package: "backends" },
});
