import type { Absent, Sample } from "./contestant.ts";

/** What a contestant tells: a line on stdout. */
export function report(sample: Sample): void {
  console.log(JSON.stringify(sample));
}

/** Says that this contestant cannot do what is asked here, and why: the table then says so, and the others run on. */
export function reportAbsent(why: string): void {
  const absent: Absent = { absent: why };
  console.log(JSON.stringify(absent));
}
