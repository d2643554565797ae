import { availability, device, manualSeed, nn, ones } from "@kindling/kindling";
import { train } from "./train.ts";

async function linear(): Promise<unknown> {
  manualSeed(123);
  return new nn.Linear(4, 2)(ones([4])).toList();
}

/** Prints the numbers that pages must find: of the network of one layer, and of the training on each device that Node has. */
async function main(): Promise<void> {
  const losses: Record<string, readonly number[]> = {};
  for (const name of ["cpu", "wasm"]) {
    if ((await availability(name)).available) losses[name] = (await train(await device(name))).losses;
  }
  console.log(JSON.stringify({ linear: { cpu: await linear() }, train: losses }));
}

main();
