import { pnpm } from "../setup/pnpm.mjs";
import { install } from "../setup/setup.mjs";
import { forget } from "./results.mjs";
import { everything, run } from "./steps.mjs";

// `npm test`: set up and run everything, but the tests that are left to CI; `npm run test:all` runs these too. The build is one of the
// steps, so that its failure is reported with the rest.
if (process.argv.includes("--all")) process.env.KINDLING_TIERS = "all";
forget();
install();
pnpm(["exec", "tsx", "tools/browser/main.ts"]);
run("test", everything());
