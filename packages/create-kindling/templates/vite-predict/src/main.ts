import { makeBars } from "./bars.ts";
import { makePad } from "./pad.ts";
import { classify, netOf } from "./predict.ts";

const pad = document.querySelector<HTMLCanvasElement>("#pad")!;
const clear = document.querySelector<HTMLButtonElement>("#clear")!;
const list = document.querySelector<HTMLElement>("#bars")!;
const digit = document.querySelector<HTMLOutputElement>("#digit")!;
const problem = document.querySelector<HTMLElement>("#problem")!;

try {
  const url = `${import.meta.env.BASE_URL}model.safetensors`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  const net = netOf(new Uint8Array(await response.arrayBuffer()));

  const show = makeBars(list, digit);
  const { clear: clearPad } = makePad(pad, (image) => show(image && classify(net, image)));
  clear.addEventListener("click", clearPad);
} catch (error) {
  problem.textContent = String(error);
  throw error;
}
