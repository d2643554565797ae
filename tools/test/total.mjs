import { kept, line } from "./results.mjs";

// The last line of .ci/run: what the commands named as arguments came to, together.
const counts = process.argv.slice(2).map(kept);
const total = {
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
};
console.log(line(total));
process.exitCode = total.failed ? 1 : 0;
