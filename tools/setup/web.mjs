import { pnpm } from "./pnpm.mjs";
import { install } from "./setup.mjs";

// `npm run web [-- --port N --host ADDRESS --open]`: set up, build the page from its sources, and serve it.
install();
const site = (...args) =>
  pnpm(["--filter", "@kindling/web", "exec", "tsx", "--conditions=@kindling/source", "site/main.ts", ...args]);
process.stderr.write("kindling: page ...\n");
process.exitCode = site("build") || site("serve", ...process.argv.slice(2));
