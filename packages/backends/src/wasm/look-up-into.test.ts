import { fromBuffer } from "@kindling/core";
import type { TfjsDevice } from "@kindling/core/device";
import { describe, expect, test } from "vitest";
import { wasm } from "./index.ts";

describe("bytes with pending steps", () => {
  test.each([1, 7, 8, 9, 24, 1001])(
    "%i of them become the floats that the cpu reads, and nothing is left behind",
    async (count) => {
      const device = (await wasm()) as TfjsDevice;
      const images = fromBuffer(
        Uint8Array.from({ length: count }, (_, i) => (i * 37) % 256),
        [count],
      )
        .to("float32")
        .div(255)
        .sub(0.5);
      const before = device.backend.numDataIds();
      const moved = images.to(device);
      expect(device.backend.numDataIds()).toBe(before + 1);
      expect(moved.toTypedArraySync()).toEqual(images.toTypedArraySync());
    },
  );
});
