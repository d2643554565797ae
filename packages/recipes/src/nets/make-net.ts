import type { Module } from "@kindling/nn";
import type { LAYERS } from "../config.ts";
import { Net, type NetOptions } from "./net.ts";
import { Net2 } from "./net2.ts";

/** What a network is made by. */
export interface NetForm extends Required<NetOptions> {
  readonly input: number;
  readonly output: number;
  readonly hidden: number;
  /** Hidden layers. */
  readonly layers: (typeof LAYERS)[number];
}

/** A `Net` or a `Net2`, its parameters drawn from the default generator. */
export function makeNet({ input, output, hidden, layers, activation }: NetForm): Module {
  const Kind = layers === 1 ? Net : Net2;
  return new Kind(input, output, hidden, { activation });
}
