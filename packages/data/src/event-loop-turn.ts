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

interface MessagePorts {
  readonly port1: { onmessage: (() => void) | null; close(): void };
  readonly port2: { postMessage(message: null): void };
}

/** What some platforms have, and others not. */
const platform = globalThis as {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel?: new () => MessagePorts;
  readonly setTimeout: (callback: () => void, delay: number) => unknown;
};

function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (platform.setImmediate !== undefined) platform.setImmediate(resolve);
    else if (platform.MessageChannel === undefined) platform.setTimeout(resolve, 0);
    else {
      // Timers are held back to 4 ms in browsers; messages are not.
      const { port1, port2 } = new platform.MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }
  });
}
