import { install } from "../setup/setup.mjs";
import { reportOf } from "../test/results.mjs";
import { run } from "../test/steps.mjs";

// `npm run test:packages`: the cells of the matrix that CI runs after the short form of `npm test`. `-- --full` runs every cell.
const full = process.argv.includes("--full");
const name = full ? "packages in full" : "packages, covering";
const form = full ? "--full" : "--covering";
install();
run("test-packages", [
  {
    name,
    args: ["exec", "tsx", "tools/check-pack/main.ts", form, "--report", reportOf(name)],
    counted: true,
  },
]);
