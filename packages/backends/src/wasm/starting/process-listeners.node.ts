const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

/**
 * What `start` gives. The listeners of uncaught errors that it adds to the process are taken away again: Emscripten's do nothing but throw
 * the error anew, so that Node prints the line they stand in, which is all of its minified file, and not the program's.
 */
export function withoutProcessListeners<R>(start: () => R): R {
  const before = EVENTS.map((event) => process.rawListeners(event));
  try {
    return start();
  } finally {
    EVENTS.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (before[i]?.includes(listener) !== true) process.removeListener(event, listener as () => void);
      }
    });
  }
}
