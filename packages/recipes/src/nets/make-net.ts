import type { LAYERS } from "../config.ts";
import { ConvNet } from "./conv-net.ts";
import type { DigitNet } from "./digit-net.ts";
import { Net, type NetOptions } from "./net.ts";
import { Net2 } from "./net2.ts";

/** What a `Net` or a `Net2` is made by. */
export interface MlpForm extends Required<NetOptions> {
  readonly model?: "mlp";
  readonly input: number;
  readonly output: number;
  readonly hidden: number;
  /** Hidden layers. */
  readonly layers: (typeof LAYERS)[number];
}

/** What a `ConvNet` is made by. */
export interface CnnForm {
  readonly model: "cnn";
  readonly output: number;
}

export type NetForm = MlpForm | CnnForm;

/** A form without the activation, which leaves no trace in the weights. */
export type NetSizes = Omit<MlpForm, "activation"> | CnnForm;

/** A network of this form, its parameters drawn from the default generator. */
export function makeNet(form: NetForm): DigitNet {
  if (form.model === "cnn") return new ConvNet(form.output);
  const { input, output, hidden, layers, activation } = form;
  const Kind = layers === 1 ? Net : Net2;
  return new Kind(input, output, hidden, { activation });
}
