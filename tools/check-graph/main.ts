import { resolve } from "node:path";
import { checkGraph } from "./check-graph.ts";

const violations = checkGraph(resolve(import.meta.dirname, "../.."));
for (const violation of violations) console.error(violation);
console.error(
  violations.length ? `${violations.length} violations of the dependency table` : "The dependency table holds.",
);
process.exitCode = violations.length ? 1 : 0;
