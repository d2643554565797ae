import "./four-cores.js";
import { availability, device } from "@kindling/kindling";
import { train } from "./train.js";

/** Trains on each device that the address names, one after the other: `?devices=cpu,wasm`. */
async function main() {
  const devices = {};
  for (const name of new URLSearchParams(location.search).get("devices").split(",")) {
    const { available, detail } = await availability(name);
    const { losses, network } = available ? await train(await device(name)) : {};
    devices[name] = { losses, network, detail };
  }
  globalThis.outcome = { isolated: crossOriginIsolated, devices };
}

main();
