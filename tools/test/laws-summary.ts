import type { LawsReport } from "../../packages/core/src/testing/task-meta.ts";

/** The names in full once, and a line for each device: how much of them was tried there, or why it is absent. */
export function summaryOf(laws: readonly LawsReport[]): string {
  const names = new Map<string, Set<string>>();
  for (const { tried = {}, missing = [] } of laws) {
    for (const [kind, tokens] of Object.entries({ ...tried, ops: [...(tried.ops ?? []), ...missing] })) {
      names.set(kind, new Set([...(names.get(kind) ?? []), ...tokens].sort()));
    }
  }
  const lists = [...names]
    .filter(([, all]) => all.size > 0)
    .map(([kind, all]) => `${kind} (${all.size}): ${[...all].join(" ")}`);
  return ["", "The laws of every device, tried on", ...lists, ...laws.map((each) => lineOf(each, names)), ""].join(
    "\n",
  );
}

function lineOf(
  { place, device, detail, tried, missing }: LawsReport,
  names: ReadonlyMap<string, ReadonlySet<string>>,
): string {
  const where = `  ${device} (${place})`;
  if (tried === undefined) return `${where}: skipped, ${detail}`;
  const counts = [...names].map(([kind, all]) => `${tried[kind]?.length ?? 0} of ${all.size} ${kind}`);
  const lacks = missing?.length ? `MISSING ${missing.join(" ")}` : "none missing";
  return `${where}: ${counts.join(", ")}; ${lacks} [${detail}]`;
}
