import { browserPreset } from "../../tools/presets/vitest-browser.ts";
import { expectedDevices, slowDevices } from "./src/expected-devices.ts";

// A page that may have threads. Every device that the browser has is tried in it.
export default browserPreset(import.meta.dirname, {
  name: "conformance in Chromium",
  isolated: true,
  test: {
    include: ["src/laws.test.ts", "src/wasm-threads.browser.test.ts"],
    setupFiles: ["src/four-cores.browser.ts"],
    provide: {
      isolated: true,
      place: {
        name: "Chromium, isolated page",
        expected: expectedDevices.chromium,
        strict: Boolean(process.env.CI),
        slow: slowDevices.chromium,
      },
    },
  },
});
