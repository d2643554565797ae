import { device } from "@kindling/backends";
import { scope } from "@kindling/core";
import { contestantOptions } from "../run/contestant-options.ts";
import { measure } from "./measure.ts";

// What a training loop does first: images and labels go to the device.

const target = await device(contestantOptions().device);
await measure({
  use(inputs, labels) {
    using _ = scope();
    inputs.to(target);
    labels.to(target);
  },
});
