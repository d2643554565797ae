import { describe } from "vitest";
import { cpu } from "../devices/cpu/cpu.ts";
import { deviceLaws } from "./device-laws.ts";
import { tier } from "./tier.ts";

// The package `conformance` tries them on every device, this one too.
describe("the laws of devices", tier("proofs", { package: "core" }), () => deviceLaws("cpu", () => cpu));
