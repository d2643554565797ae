import type { DeviceFacts } from "@kindling/backends";
import type { SelfTest, Speed } from "@kindling/backends/doctor";
import { type DeviceReport, works } from "./device-report.ts";

/** A device for people: a line of what it is, and beneath it what was found out. `width` is that of the longest name. */
export function describeDevice(report: DeviceReport, width: number): string {
  const { name, available, detail, facts, selfTest, speed, problem } = report;
  const word = !available ? "no" : works(report) ? "yes" : "BAD";
  const lines = [`${name.padEnd(width)}  ${word.padEnd(3)}  ${detail}`];
  const indent = " ".repeat(width + 7);
  const add = (title: string, text: string): void => void (text !== "" && lines.push(`${indent}${title}: ${text}`));
  if (available) {
    add("facts", describeFacts(facts));
    if (selfTest !== null) add("self-test", describeTest(selfTest));
    if (speed !== null) add("speed", describeSpeed(speed));
    if (problem !== null) add("failed", problem);
  }
  return lines.join("\n");
}

function describeFacts({ adapter, threads, simd, gpu, limits = {} }: DeviceFacts): string {
  return [
    adapter,
    gpu === undefined ? undefined : gpu ? "runs on a graphics card" : "does not run on a graphics card",
    threads === undefined ? undefined : `${threads} thread${threads === 1 ? "" : "s"}`,
    simd === undefined ? undefined : simd ? "SIMD" : "no SIMD",
    ...Object.entries(limits).map(([name, limit]) => `${name} ${limit}`),
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

function describeTest({ ok, against, largestDifference, problem }: SelfTest): string {
  if (!ok) return `FAILED: ${problem}`;
  return `gradients of a small convolutional network agree with ${against}'s to ${(largestDifference ?? 0).toExponential(1)}`;
}

function describeSpeed({ gflops, size, stepMs }: Speed): string {
  const rate = `${digits(gflops)} GFLOP/s (products of ${size} by ${size})`;
  return `${rate}, ${digits(stepMs)} ms a training step (784-128-10, 64 images)`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
