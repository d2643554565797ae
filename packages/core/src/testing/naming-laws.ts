import { expect, test } from "vitest";
import type { Device } from "../device/device.ts";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A device prints as PyTorch's does: `str(device)`, `repr(device)`; in JSON it is its name. */
export function namingLaws(device: () => Device): void {
  test("prints as PyTorch's does", () => {
    const made = device() as Device & { readonly [INSPECT]?: () => string };
    expect(String(made)).toBe(made.name);
    expect(JSON.stringify({ made })).toBe(JSON.stringify({ made: made.name }));
    expect(made[INSPECT]?.()).toBe(`device(type='${made.name}')`);
  });
}
