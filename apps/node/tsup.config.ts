import { preset } from "../../tools/presets/tsup.ts";

export default preset(["src/cli.ts"], { dts: false, banner: { js: "#!/usr/bin/env node" } });
