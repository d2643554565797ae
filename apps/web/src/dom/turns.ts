/** Milliseconds from one turn to the next: longer than a frame, so that what each has drawn is put on the screen by itself. */
const TURN = 20;

const waiting = new Set<() => void>();
let isTaken = false;

/** Does `work` in a turn of its own: drawings that are due together would make one long task. What waits already waits once. */
export function inTurn(work: () => void): void {
  waiting.add(work);
  if (isTaken) return;
  isTaken = true;
  setTimeout(next);
}

function next(): void {
  const [work] = waiting;
  if (work === undefined) {
    isTaken = false;
    return;
  }
  waiting.delete(work);
  setTimeout(next, TURN);
  work();
}
