import type { Availability } from "@kindling/backends";
import type { SelfTest, Speed } from "@kindling/backends/doctor";

/** All that was found out about a device: a line of `kindling devices --json`. */
export interface DeviceReport extends Availability {
  /** Null where it was not come to. */
  readonly selfTest: SelfTest | null;
  /** Null where it was not come to, or not asked for. */
  readonly speed: Speed | null;
  /** Why the examination was not finished, if it was not: the device hung, or took its process with it. */
  readonly problem: string | null;
}

/** The parts of an examination, in order, as they become known. */
export type Finding = Availability | { readonly selfTest: SelfTest } | { readonly speed: Speed };

/** Whether one may train on it. */
export function works({ available, selfTest, problem }: DeviceReport): boolean {
  return available && selfTest?.ok === true && problem === null;
}
