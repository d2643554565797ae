/** How long a loop may run, in milliseconds, before others get a turn. */
const SLICE = 8;

let lastTurn = 0;

/** Whether it is time to let timers, input and signals get through. */
export function turnIsDue(): boolean {
  return performance.now() - lastTurn > SLICE;
}

/** Lets the event loop go round once: a macrotask, since promises alone let nothing else in. */
export async function takeTurn(): Promise<void> {
  await macrotask();
  lastTurn = performance.now();
}

/** One tick of the event loop, by what the platform has. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else if (typeof MessageChannel === "function") {
      // Browsers hold timers back to 4 ms, but not messages.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    } else setTimeout(resolve, 0);
  });
}
