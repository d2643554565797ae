import { wasm } from "@kindling/backends/wasm";
import { manualSeed } from "@kindling/core";
import { loadDigits } from "./digits.ts";
import type { Command, News } from "./messages.ts";
import { Net } from "./net.ts";
import { classify, train } from "./training.ts";

// The page stays responsive because all computing happens here.

const tell = (news: News): void => self.postMessage(news);
const base = new URL(import.meta.env.BASE_URL, self.location.href);

/** The device, the data and the network: made once, used by every command. */
const started = start();
let stop = new AbortController();

async function start() {
  const device = await wasm();
  const digits = await loadDigits(base);
  manualSeed(1);
  const net = new Net().to(device);
  const threads = self.crossOriginIsolated ? "several threads" : "one thread: the page is not cross-origin isolated";
  tell({ type: "ready", device: `${device.name}, ${threads}`, data: digits.name });
  return { device, net, ...digits };
}

async function obey(command: Command): Promise<void> {
  if (command.type === "stop") return stop.abort();
  const { device, net, trainSet, testSet } = await started;
  if (command.type === "classify") {
    return tell({ type: "classified", probabilities: await classify(net, device, command.image) });
  }
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

const fail = (error: unknown): void => tell({ type: "failed", message: String(error) });

self.addEventListener("message", ({ data }: MessageEvent<Command>) => {
  obey(data).catch(fail);
});
started.catch(fail);
