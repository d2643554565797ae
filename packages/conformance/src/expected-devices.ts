/** The devices that CI must find, by where the laws run: one that is absent there is a failure. Elsewhere it is skipped, by name. */
export const expectedDevices = {
  node: ["cpu", "onnx", "wasm", "webgpu"],
  chromium: ["cpu", "wasm", "webgl", "webgpu"],
} as const;

/** The devices that are slow: plain JavaScript, and graphics by software. */
export const slowDevices = {
  node: ["cpu", "webgpu"],
  chromium: ["cpu", "webgl", "webgpu"],
} as const;

/** The devices whose laws take so long that each has a project of its own: several run at the same time. */
export const devicesApart = {
  node: ["wasm", "webgpu"],
  chromium: ["webgl", "webgpu"],
} as const;
