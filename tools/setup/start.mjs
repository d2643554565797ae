import { pathToFileURL } from "node:url";
import { root } from "./pnpm.mjs";
import { setUp } from "./setup.mjs";

// `npm start [-- args]`: set up, then `kindling train args` in this very process, so that Ctrl-C and the exit code are its own.
setUp();
const command = `${root}apps/node/dist/cli.js`;
process.argv = [process.execPath, command, "train", ...process.argv.slice(2)];
await import(pathToFileURL(command).href);
