import { preset } from "../../tools/presets/tsup.ts";

export default preset(["src/cli.ts"], { declarations: false, banner: { js: "#!/usr/bin/env node" } });
