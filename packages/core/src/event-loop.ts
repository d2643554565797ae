import { shared } from "./global.ts";

// Promises alone let nothing else in: a loop that awaits only what is there already keeps timers, input and signals out for as long as it runs.

/** How long a loop may run, in milliseconds, before others get a turn. */
const SLICE = 8;

/** When the event loop last went round for a loop of ours. */
const turn = shared<{ last: number }>("event loop", () => ({ last: 0 }));

// Taken now: tests that put false timers in their place must not stop those who read a tensor.
const { setImmediate: immediate, setTimeout: timeout, MessageChannel: Channel } = globalThis;

/** Whether it is time to let timers, input and signals get through. */
export function turnIsDue(): boolean {
  return performance.now() - turn.last > SLICE;
}

/** Lets the event loop go round once: a macrotask, since promises alone let nothing else in. */
export async function takeTurn(): Promise<void> {
  await macrotask();
  turn.last = performance.now();
}

/** One tick of the event loop, by what the platform has. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof immediate === "function") immediate(resolve);
    else if (typeof Channel === "function") {
      // Browsers hold timers back to 4 ms, but not messages.
      const { port1, port2 } = new Channel();
      port1.addEventListener("message", () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    } else timeout(resolve, 0);
  });
}
