import { pnpm } from "../setup/pnpm.mjs";
import { install } from "../setup/setup.mjs";
import { forget } from "./results.mjs";
import { everything, run } from "./steps.mjs";

// `npm test`: set up and run everything. The build is one of the steps, so that its failure is reported with the rest.
forget();
install();
pnpm(["exec", "tsx", "tools/browser/main.ts"]);
run("test", everything());
