/**
 * What Chromium is started with, beyond Playwright's own. WebGL needs nothing: without a graphics card Chromium draws with the SwiftShader
 * that it ships, which Playwright's `--enable-unsafe-swiftshader` allows for as long as this fallback is deprecated. Playwright also gives
 * `--no-sandbox`, without which root, so most containers, cannot start Chromium at all.
 */
export const browserFlags: string[] = [
  // WebGPU without a graphics card, on SwiftShader: Chromium offers no adapter there otherwise.
  "--enable-unsafe-webgpu",
];
