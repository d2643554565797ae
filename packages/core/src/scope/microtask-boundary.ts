import { shared } from "../base/global.ts";

// JavaScript does not say when a function awaits. But no microtask runs before it does: a marker that was queued before tells
// that what ran then has awaited or returned, and it comes before whatever that goes on with.

/** How often a marker goes round the queue: a task that goes on after so many microtasks is still told from others. */
const ROUNDS = 8;

/** Markers on their way at once. */
const MOST = 64;

interface Turns {
  /** Called when the code that runs now has awaited or returned. */
  onEnd: (() => void) | null;
  markers: number;
  ended: number;
  lastKey: object | null;
  lastEnded: number;
}

const turns = shared<Turns>("turns", () => ({ onEnd: null, markers: 0, ended: 0, lastKey: null, lastEnded: -1 }));

const settled = Promise.resolve();

export function setTurnEnd(onEnd: () => void): void {
  turns.onEnd ??= onEnd;
}

/**
 * Marks that the task that `key` stands for runs now: the turn ends between this moment and whatever the task does after its next
 * `await`, and so between that and what another task does.
 */
export function markTurn(key: object | null): void {
  if (turns.lastKey === key && turns.lastEnded === turns.ended) return;
  turns.lastKey = key;
  turns.lastEnded = turns.ended;
  if (turns.markers >= MOST) return;
  turns.markers += 1;
  goRound(ROUNDS);
}

function goRound(rounds: number): void {
  settled.then(() => {
    turns.ended += 1;
    turns.onEnd?.();
    if (rounds > 1) goRound(rounds - 1);
    else turns.markers -= 1;
  });
}
