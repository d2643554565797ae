import { preset } from "../../tools/presets/tsup.ts";

export default preset(["src/index.ts", "src/config.ts", "src/testing/index.ts"]);
