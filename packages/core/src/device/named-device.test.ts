import { inspect } from "node:util";
import { expect, test } from "vitest";
import { cpu } from "../devices/cpu/cpu.ts";

test("a device prints as PyTorch's does", () => {
  expect(`${cpu}`).toBe("cpu");
  expect(inspect(cpu)).toBe("device(type='cpu')");
  expect(inspect({ device: cpu })).toBe("{ device: device(type='cpu') }");
  expect(JSON.stringify({ device: cpu })).toBe('{"device":"cpu"}');
});
