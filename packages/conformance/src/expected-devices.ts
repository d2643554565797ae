/** The devices that CI must find, by where the laws run: one that is absent there is a failure. Elsewhere it is skipped, by name. */
export const expectedDevices = {
  node: ["cpu", "wasm"],
  chromium: ["cpu", "wasm"],
} as const;
