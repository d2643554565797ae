import type { Device } from "@kindling/core";
import { exactIntegers } from "@kindling/core/testing";
import { beforeAll } from "vitest";
import { wasm } from "../index.ts";

let device: Device;

beforeAll(async () => {
  device = await wasm();
});

exactIntegers(() => device);
