import { cpu } from "../cpu.ts";
import { deviceLaws } from "./device-laws.ts";

deviceLaws("cpu", () => cpu);
