import { tensor } from "@kindling/core";
import * as nn from "../index.ts";
import { optionsFromGolden } from "./golden.ts";

const known: Readonly<Record<string, unknown>> = { ...nn, tensor };

/** The layer that a golden row writes as code: `new Linear(4, 2)`. */
export function makeLayer(code: string): nn.Module {
  return new Function(...Object.keys(known), `return ${code};`)(...Object.values(known)) as nn.Module;
}

/** The loss that a golden row writes as a name and options. */
export function makeLoss(name: string, options: object): nn.Module {
  const Loss = known[name] as new (options: object) => nn.Module;
  return new Loss(optionsFromGolden(options));
}
