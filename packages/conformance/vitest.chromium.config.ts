import { browserPreset } from "../../tools/presets/vitest-browser.ts";
import { devicesApart, expectedDevices, slowDevices } from "./src/expected-devices.ts";
import type { Place } from "./src/place.ts";

const { chromium: expected } = expectedDevices;
const apart: readonly string[] = devicesApart.chromium;

const place = (devices: Partial<Place>): Place => ({
  name: "Chromium, isolated page",
  expected,
  strict: Boolean(process.env.CI),
  slow: slowDevices.chromium,
  ...devices,
});

// A page that may have threads. Every device that the browser has is tried in it; those that take longest in a Chromium of their own.
export default browserPreset(import.meta.dirname, {
  name: "conformance in Chromium",
  isolated: true,
  instances: [
    {
      name: "conformance in Chromium on the rest",
      provide: { place: place({ except: apart, expected: expected.filter((name) => !apart.includes(name)) }) },
    },
    ...apart.map((name) => ({
      name: `conformance in Chromium on ${name}`,
      include: ["src/laws.test.ts"],
      provide: { place: place({ only: [name], expected: [name] }) },
    })),
  ],
  test: {
    // Vite looks here for what it is to bundle: without this it would find what only Node can load.
    include: ["src/laws.test.ts", "src/wasm-threads.browser.test.ts"],
    setupFiles: ["src/four-cores.browser.ts"],
    provide: { isolated: true },
  },
});
