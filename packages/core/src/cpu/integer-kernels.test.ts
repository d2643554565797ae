import { cpu } from "../cpu.ts";
import { exactIntegers } from "../testing/exact-integers.ts";

exactIntegers(() => cpu);
