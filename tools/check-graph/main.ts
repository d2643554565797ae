import { resolve } from "node:path";
import { checkGraph } from "./check-graph.ts";
import { checkManifests } from "./manifests.ts";
import { checkOptionalPeers } from "./optional-peers.ts";

const root = resolve(import.meta.dirname, "../..");
const checks = {
  "the dependency table": checkGraph,
  "the rule for package.json files": checkManifests,
  "the rule for optional peers": checkOptionalPeers,
};

for (const [rule, check] of Object.entries(checks)) {
  const violations = check(root);
  for (const violation of violations) console.error(violation);
  console.error(violations.length ? `${violations.length} violations of ${rule}` : `Kept: ${rule}.`);
  if (violations.length) process.exitCode = 1;
}
