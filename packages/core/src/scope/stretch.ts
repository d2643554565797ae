// JavaScript does not say whose code a microtask runs. But those that settling a promise queues stand between a marker queued before and one
// queued after, and so does what they queue in turn, if each marker queues the next as it runs.

/** Code that goes on when a promise settles, and what that queues. */
export interface Stretch {
  /** It goes on now. */
  begin(): void;
  /** It has awaited or returned. Returns whether what it has queued is of interest. */
  end(): boolean;
}

/** How many microtasks in a row are followed: an async function takes up to three to return. */
const ROUNDS = 16;

const settled = Promise.resolve();

/** `promise`, with `stretch` around the code that awaits it. */
export function around<R>(promise: Promise<R>, stretch: Stretch): Promise<R> {
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => mark(() => resolve(value), stretch),
      (error: unknown) => mark(() => reject(error), stretch),
    );
  });
}

function mark(settle: () => void, stretch: Stretch): void {
  let rounds = ROUNDS;
  const begin = (): void => {
    if (rounds === 0) return;
    rounds -= 1;
    // Queued before anything that the code queues.
    if (rounds > 0) settled.then(begin);
    stretch.begin();
  };
  const end = (): void => {
    if (!stretch.end()) rounds = 0;
    if (rounds > 0) settled.then(end);
  };
  settled.then(begin);
  settle();
  settled.then(end);
}
