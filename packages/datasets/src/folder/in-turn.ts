const lastInLine = new Map<string, Promise<void>>();

/** Runs `work` when everything that was given the same `key` before has ended, well or badly. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (lastInLine.get(key) ?? Promise.resolve()).then(work);
  const ended = mine.then(
    () => {},
    () => {},
  );
  lastInLine.set(key, ended);
  try {
    return await mine;
  } finally {
    if (lastInLine.get(key) === ended) lastInLine.delete(key);
  }
}
