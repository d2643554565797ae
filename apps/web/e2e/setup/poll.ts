/** What a page shows follows what happens by some frames: it is looked at until it does. */
export const POLL = { timeout: 20_000 } as const;
