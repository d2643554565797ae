import { browserPreset } from "../../tools/presets/vitest-browser.ts";

// A page as most are: WebAssembly has no threads there, which is all that differs.
export default browserPreset(import.meta.dirname, {
  name: "conformance in a plain page",
  isolated: false,
  test: {
    include: ["src/laws.test.ts", "src/wasm-threads.browser.test.ts"],
    setupFiles: ["src/four-cores.browser.ts"],
    provide: {
      isolated: false,
      place: {
        name: "Chromium, plain page",
        expected: ["wasm"],
        only: ["wasm"],
        strict: Boolean(process.env.CI),
        // The other page has the long examples on it.
        slow: ["wasm"],
      },
    },
  },
});
