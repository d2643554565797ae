import process from "node:process";
import type { AskedTiers, Changes } from "../../packages/core/src/testing/asked-tiers.ts";
import { changesHere } from "./changes.ts";

/** `KINDLING_TIERS`: `all` for everything, `laws` for the laws only; without it the proofs of what has changed are run with them. */
const VARIABLE = "KINDLING_TIERS";

/** The tiers that this run is asked for: in CI all. */
export function askedTiers(env: Readonly<Record<string, string | undefined>> = process.env): AskedTiers {
  const asked = env[VARIABLE] ?? (env.CI ? "all" : "changed");
  switch (asked) {
    case "all":
      return { proofs: "all", marathons: true };
    case "laws":
      return { proofs: { ops: [], devices: [], packages: [] }, marathons: false };
    case "changed":
      return { proofs: changesHere(), marathons: false };
    default:
      throw new Error(`${VARIABLE} is ${JSON.stringify(asked)}: it may be all, changed or laws`);
  }
}

/** How many tests of a tier ran, and how many were left to CI. */
export interface TierCounts {
  readonly ran: number;
  readonly left: number;
}

/** What a run says at its end: which tiers ran, what was left to CI, and how to run it. */
export function tiersSummary(
  asked: AskedTiers,
  counts: Readonly<Record<"laws" | "proofs" | "marathons", TierCounts>>,
  files: readonly string[] = [],
): string {
  const { laws, proofs, marathons } = counts;
  const left = [
    ...(proofs.left > 0 ? [count(proofs.left, "proof")] : []),
    ...(marathons.left > 0 ? [count(marathons.left, "marathon")] : []),
    ...(files.length > 0 ? [`all of ${files.join(", ")}`] : []),
  ];
  const ran = [
    count(laws.ran, "law"),
    `${count(proofs.ran, "proof")}${reasonOf(asked)}`,
    count(marathons.ran, "marathon"),
  ];
  const lines = [`Tests that ran: ${ran.join(", ")}.`];
  if (left.length > 0) lines.push(`Left to CI: ${left.join(", ")}. "npm run test:all" runs them here too.`);
  return lines.join("\n");
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

function reasonOf({ proofs }: AskedTiers): string {
  if (proofs === "all") return "";
  const changed = Object.entries(proofs).flatMap(([kind, names]: [string, Changes[keyof Changes]]) =>
    names.length === 0 ? [] : [`${kind} ${names.length > 12 ? `(${names.length})` : names.join(", ")}`],
  );
  return changed.length === 0 ? " (nothing they prove has changed)" : ` (of what has changed: ${changed.join("; ")})`;
}
