import { preset } from "../../tools/presets/tsup.ts";

export default preset(["src/index.ts", "src/terminal.node.ts", "src/terminal.web.ts"]);
