/** What `start` gives: a page has no process whose errors could be listened to. */
export function withoutProcessListeners<R>(start: () => R): R {
  return start();
}
