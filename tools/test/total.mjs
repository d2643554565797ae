import { kept, line, listed } from "./results.mjs";

// The end of .ci/run: what the commands named as arguments came to, together; what failed stands right above the count.
const counts = process.argv.slice(2).map(kept);
const total = {
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  failures: counts.flatMap(({ failures }) => failures),
};
console.log(`\n${listed(total)}${line(total)}`);
process.exitCode = total.failed ? 1 : 0;
