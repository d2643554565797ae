import { shared } from "../base/global.ts";
import { type CallSite, callSite } from "./call-site.ts";

// A look at the stack takes several times as long as a small op, and only a block that awaits something that is not ours needs one: most
// programs have none.

/** How a program's call sites are taken. */
export interface SiteSampling {
  /** That many one by one: by then most programs that need them have shown it. */
  readonly first: number;
  /** Then one in so many, until they are needed. */
  readonly every: number;
}

const SAMPLING: SiteSampling = { first: 256, every: 32 };

interface Samples {
  sampling: SiteSampling;
  asked: number;
  needed: boolean;
}

const samples = shared<Samples>("callSites", () => ({ sampling: SAMPLING, asked: 0, needed: false }));

/** @internal Sets how call sites are taken, by default as in programs; starts anew. */
export function sampleSites(sampling: SiteSampling = SAMPLING): void {
  samples.sampling = sampling;
  samples.asked = 0;
  samples.needed = false;
}

/** The call site, or null where this one is not taken. */
export function sampledSite(): CallSite | null {
  const { needed, sampling } = samples;
  if (needed) return callSite();
  samples.asked += 1;
  return samples.asked <= sampling.first || samples.asked % sampling.every === 0 ? callSite() : null;
}

/** Call sites are needed in this program: from now on all are taken. */
export function needSites(): void {
  samples.needed = true;
}
