import { preset } from "../../tools/presets/tsup.ts";

export default preset(["src/cli.ts", "src/index.ts"]);
