import type { Tier } from "./asked-tiers.ts";

/** The results of the laws on one device, for the report at the end of a run. */
export interface LawsReport {
  readonly place: string;
  readonly device: string;
  /** What it runs on; or why it is absent, and then there is nothing else. */
  readonly detail: string;
  /** Names of what was tried there: `ops`, and each kind that has cases (`modules`, `optimizers`, ...). */
  readonly tried?: Readonly<Record<string, readonly string[]>>;
  /** Ops that no law has run there. */
  readonly missing?: readonly string[];
}

declare module "vitest" {
  // Everything that our tests leave for reporters: a second declaration of this interface would hide the first.
  interface TaskMeta {
    laws?: LawsReport;
    /** The tier of a test that is none of the laws. */
    tier?: Exclude<Tier, "laws">;
    /** Whether the run leaves this test to CI; others are skipped because a filter leaves them out, or something is not there. */
    left?: boolean;
  }
}
