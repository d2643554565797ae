import { memory } from "@kindling/core";
import { report } from "../run/report.ts";

const MB = 1e6;

/** Tells what this process holds now, and the most that it ever held. */
export function reportMemory(epoch: number): void {
  const { tensors, bytes } = memory();
  report({
    epoch,
    residentMB: process.memoryUsage.rss() / MB,
    peakMB: (process.resourceUsage().maxRSS * 1024) / MB,
    tensors,
    tensorMB: bytes / MB,
  });
}
