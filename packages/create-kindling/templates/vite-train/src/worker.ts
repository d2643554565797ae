import { availability, device as getDevice } from "@kindling/backends";
import { manualSeed } from "@kindling/core";
import { loadDigits } from "./digits.ts";
import type { Command, News } from "./messages.ts";
import { Net } from "./net.ts";
import { classify, train } from "./training.ts";

// The page stays responsive because all computing happens here.

const tell = (news: News): void => self.postMessage(news);

/** The device, the data and the network: made once, used by every command. */
let started: ReturnType<typeof start> | undefined;
let stop = new AbortController();

async function start(base: string) {
  const device = await getDevice("wasm");
  const { detail } = await availability("wasm");
  const digits = await loadDigits(base);
  manualSeed(1);
  const net = new Net().to(device);
  tell({ type: "ready", device: `${device.name}: ${detail}`, data: digits.name });
  return { device, net, ...digits };
}

async function obey(command: Command): Promise<void> {
  if (command.type === "stop") return stop.abort();
  if (command.type === "start") started = start(command.base);
  if (started === undefined) return;
  const { device, net, trainSet, testSet } = await started;
  if (command.type === "classify") {
    tell({ type: "classified", probabilities: await classify(net, device, command.image) });
  } else if (command.type === "train") {
    stop = new AbortController();
    await train({
      net,
      device,
      trainSet,
      testSet,
      epochs: command.epochs,
      signal: stop.signal,
      onStep: (step) => tell({ type: "step", ...step }),
      onEpoch: (epoch) => tell({ type: "epoch", ...epoch }),
    });
    tell({ type: "finished" });
  }
}

self.addEventListener("message", ({ data }: MessageEvent<Command>) => {
  obey(data).catch((error: unknown) => tell({ type: "failed", message: String(error) }));
});
