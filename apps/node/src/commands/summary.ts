import { makeNet } from "@kindling/recipes";
import type { TrainOptions } from "../options/train-options.ts";
import { describeNet } from "../run/describe-net.ts";
import { pickConfig } from "../run/run-config.ts";
import { terminal } from "../terminal.ts";

/** `kindling summary`: a network as it is printed before it is trained, with random parameters. */
export async function summary(
  options: Pick<TrainOptions, "model" | "hidden" | "layers" | "activation" | "batchSize">,
): Promise<void> {
  const unused = {
    dataset: "mnist",
    epochs: 1,
    init: "default",
    optimizer: "sgd",
    seed: 0,
    root: "",
    device: "",
  } as const;
  const config = pickConfig({ ...options, ...unused });
  const net = makeNet(config.model === "cnn" ? { model: "cnn", output: 10 } : { ...config, input: 784, output: 10 });
  terminal.print(describeNet(net, config.batchSize));
}
