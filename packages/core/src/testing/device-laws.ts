import { beforeAll, describe } from "vitest";
import type { Device } from "../device/device.ts";
import { derivativeLaws } from "./derivative-laws.ts";
import { dtypeLaws } from "./dtype-laws.ts";
import { exactIntegers } from "./exact-integers.ts";
import { fusedLaws } from "./fused-laws.ts";
import { goldenLaws } from "./golden-laws.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { leakGuard } from "./leak-guard.ts";
import { manyDimensionsLaws } from "./many-dimensions-laws.ts";
import { memoryLaws } from "./memory-laws.ts";
import { namingLaws } from "./naming-laws.ts";
import { nanLaws } from "./nan-laws.ts";
import { pendingLaws } from "./pending-laws.ts";
import { placementLaws } from "./placement-laws.ts";
import { pointwiseLaws } from "./pointwise-laws.ts";
import { precisionLaws } from "./precision-laws.ts";
import { productLaws } from "./product-laws.ts";
import { transferLaws } from "./transfer-laws.ts";
import { viewLaws } from "./view-laws.ts";
import { viewProgramLaws } from "./view-program-laws.ts";

/**
 * What holds of every device: each op gives PyTorch's numbers and gradients there, elements go there and come back, and memory is given
 * back. Registers its tests with vitest; `slow` takes smaller examples where there are some.
 *
 * @example deviceLaws("wasm", () => device("wasm"))
 */
export function deviceLaws(
  name: string,
  makeDevice: () => Device | Promise<Device>,
  { slow = false, skipsPadding = false }: Partial<LawsOfDevice> = {},
): void {
  const about: LawsOfDevice = { name, slow, skipsPadding };
  describe(`the ${name} device`, () => {
    let made: Device;
    const device = (): Device => made;
    beforeAll(async () => {
      made = await makeDevice();
    });
    leakGuard();
    describe("its name", () => namingLaws(device));
    describe("golden numbers", () => goldenLaws(device, about));
    describe("derivatives", () => derivativeLaws(device, about));
    describe("NaN", () => nanLaws(device, about));
    describe("whole numbers", () => exactIntegers(device));
    describe("precision", () => precisionLaws(device, about));
    describe("products", () => productLaws(device, about));
    describe("fused kernels", () => fusedLaws(device));
    describe("views", () => {
      viewLaws(device, about);
      viewProgramLaws(device, about);
    });
    describe("tensors of many dimensions", () => manyDimensionsLaws(device, about));
    describe("pointwise ops of many dimensions", () => pointwiseLaws(device, about));
    describe("dtypes", () => dtypeLaws(device, about));
    describe("transfer", () => transferLaws(device));
    describe("placement", () => placementLaws(device));
    describe("pending steps", () => pendingLaws(device));
    describe("memory", () => memoryLaws(device, about));
  });
}
