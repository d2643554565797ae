import { preset } from "../../tools/presets/tsup.ts";

export default preset(["src/index.ts", "src/device.ts", "src/extend.ts", "src/testing/index.ts"]);
