const CHANNEL = "kindling-runs";

/** Tells the other tabs that the runs which are kept have changed. What exactly they read themselves: the message says nothing. */
export function announceChange(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** Calls when another tab has changed the runs that are kept. */
export function onChangeElsewhere(hear: () => void): void {
  new BroadcastChannel(CHANNEL).addEventListener("message", hear);
}
