/** What the bars of a program have to know of each other: which line each is on. */
export interface Placed {
  /** Line below the cursor's; negative where the caller fixed it. */
  pos: number;
  clear(): void;
}

/** Weak, so that a bar which nobody closed and nobody holds does not keep its line for ever. */
const bars = new Set<WeakRef<Placed>>();

export function openBars(): Placed[] {
  const open: Placed[] = [];
  for (const ref of bars) {
    const bar = ref.deref();
    if (bar === undefined) bars.delete(ref);
    else open.push(bar);
  }
  return open;
}

/** Gives a bar a line: the one asked for, or the first free one. */
export function openBar(bar: Placed, position: number | null | undefined): void {
  const taken = new Set(openBars().map((other) => Math.abs(other.pos)));
  let free = 0;
  while (taken.has(free)) free++;
  bar.pos = position === null || position === undefined ? free : -position;
  bars.add(new WeakRef(bar));
}

/** Takes a bar away; where one was hidden below the last of `nrows` lines, it moves to the free line. */
export function closeBar(bar: Placed, nrows: number): void {
  for (const ref of bars) if (ref.deref() === bar) bars.delete(ref);
  const hidden = openBars().filter((other) => other.pos >= nrows - 1);
  if (hidden.length === 0) return;
  const first = hidden.reduce((a, b) => (b.pos < a.pos ? b : a));
  first.clear();
  first.pos = Math.abs(bar.pos);
}
