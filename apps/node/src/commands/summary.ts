import { makeNet } from "@kindling/recipes";
import type { TrainingConfig } from "@kindling/recipes/config";
import { describeNet } from "../run/describe-net.ts";
import { terminal } from "../terminal.ts";

/** `kindling summary`: a network as it is printed before it is trained, with random parameters. */
export async function summary(
  options: Pick<TrainingConfig, "hidden" | "layers" | "activation" | "batchSize">,
): Promise<void> {
  const net = makeNet({ ...options, input: 784, output: 10 });
  terminal.print(describeNet(net, options.batchSize));
}
