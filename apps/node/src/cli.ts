import process from "node:process";
import { exitCodeOf } from "./exit-code.ts";
import { makeProgram } from "./program.ts";
import { endWithReader, exit, terminal } from "./terminal.ts";

endWithReader();
let code = 0;
try {
  await makeProgram((given) => {
    code = given;
  }).parseAsync(process.argv);
} catch (error) {
  code = exitCodeOf(error, terminal);
}
await exit(code);
