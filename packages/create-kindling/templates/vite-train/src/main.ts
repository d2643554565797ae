import { makeBars } from "./bars.ts";
import { Curve } from "./curve.ts";
import type { Command, News } from "./messages.ts";
import { makePad } from "./pad.ts";

const EPOCHS = 5;

const trainButton = document.querySelector<HTMLButtonElement>("#train")!;
const stopButton = document.querySelector<HTMLButtonElement>("#stop")!;
const clearButton = document.querySelector<HTMLButtonElement>("#clear")!;
const progress = document.querySelector<HTMLProgressElement>("#progress")!;
const [device, bar, result, problem] = ["#device", "#bar", "#result", "#problem"].map(
  (id) => document.querySelector<HTMLElement>(id)!,
) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];

const curve = new Curve(document.querySelector<HTMLCanvasElement>("#curve")!);
const showProbabilities = makeBars(
  document.querySelector<HTMLElement>("#bars")!,
  document.querySelector<HTMLOutputElement>("#digit")!,
);

const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
const ask = (command: Command): void => worker.postMessage(command);

/** The drawing on the pad: it is classified anew after each epoch, to see the network learn. */
let drawing: Uint8Array | null = null;
const pad = makePad(document.querySelector<HTMLCanvasElement>("#pad")!, (image) => {
  drawing = image;
  classifyDrawing();
});

function classifyDrawing(): void {
  if (drawing === null) showProbabilities(null);
  else ask({ type: "classify", image: drawing });
}

function setTraining(isTraining: boolean): void {
  trainButton.disabled = isTraining;
  stopButton.disabled = !isTraining;
}

ask({ type: "start", base: document.baseURI });

trainButton.addEventListener("click", () => {
  setTraining(true);
  curve.clear();
  result.textContent = "";
  ask({ type: "train", epochs: EPOCHS });
});
stopButton.addEventListener("click", () => ask({ type: "stop" }));
clearButton.addEventListener("click", () => pad.clear());

function hear(news: News): void {
  switch (news.type) {
    case "ready":
      device.textContent = `On ${news.device}. ${news.data}.`;
      setTraining(false);
      break;
    case "step":
      curve.add(news.loss);
      progress.value = news.done;
      bar.textContent = news.bar;
      break;
    case "epoch":
      result.textContent = `Epoch ${news.epoch}: loss ${news.loss.toFixed(4)}, test accuracy ${(100 * news.accuracy).toFixed(1)} %`;
      classifyDrawing();
      break;
    case "finished":
      setTraining(false);
      classifyDrawing();
      break;
    case "classified":
      if (drawing !== null) showProbabilities(news.probabilities);
      break;
    case "failed":
      problem.textContent = news.message;
      setTraining(false);
      break;
  }
}

worker.addEventListener("message", ({ data }: MessageEvent<News>) => hear(data));
worker.addEventListener("error", ({ message }) =>
  hear({ type: "failed", message: message || "The worker does not start." }),
);
