import type { Sample } from "./contestant.ts";

/** What a contestant tells: a line on stdout. */
export function report(sample: Sample): void {
  console.log(JSON.stringify(sample));
}
