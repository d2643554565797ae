import { cpu } from "../devices/cpu/cpu.ts";
import { deviceLaws } from "./device-laws.ts";

deviceLaws("cpu", () => cpu);
