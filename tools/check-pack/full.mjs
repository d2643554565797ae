import { install } from "../setup/setup.mjs";
import { reportOf } from "../test/results.mjs";
import { run } from "../test/steps.mjs";

// `npm run test:packages`: every cell of the matrix. `npm test` runs the short form.
install();
run("test-packages", [
  {
    name: "packages in full",
    args: ["exec", "tsx", "tools/check-pack/main.ts", "--full", "--report", reportOf("packages in full")],
    counted: true,
  },
]);
