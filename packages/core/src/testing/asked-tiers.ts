// Without vitest: its configs read this too.

/**
 * When a test runs. Laws always run. Proofs cost more: locally those of what has changed run, in CI all of them. Marathons run in CI only.
 * A test without a tier is a law.
 */
export type Tier = "laws" | "proofs" | "marathons";

/** The subject of a proof, which runs if one of these has changed. */
export interface Subject {
  readonly op?: string;
  /** The name of a device. */
  readonly device?: string;
  /** The folder of a package: `nn`. */
  readonly package?: string;
}

/** Names of what has changed; in core's heart, on which everything rests, everything has. */
export interface Changes {
  readonly ops: readonly string[];
  readonly devices: readonly string[];
  readonly packages: readonly string[];
}

/** Which tests a run is asked for, beside the laws. */
export interface AskedTiers {
  readonly proofs: "all" | Changes;
  readonly marathons: boolean;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly tiers?: AskedTiers;
  }
}

/** Whether a run that is asked for `asked` runs the tests of a tier about something. */
export function isAsked(name: Tier, about: Subject, asked: AskedTiers | undefined): boolean {
  if (asked === undefined || name === "laws") return true;
  if (name === "marathons") return asked.marathons;
  if (asked.proofs === "all") return true;
  const { ops, devices, packages } = asked.proofs;
  return (
    (about.op !== undefined && ops.includes(about.op.replace(/_$/, ""))) ||
    (about.device !== undefined && devices.includes(about.device)) ||
    (about.package !== undefined && packages.includes(about.package))
  );
}
