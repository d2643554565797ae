/** A line: its points in the order of `x`, what it tells of, and how it is drawn. */
export interface Line {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  /** Whose line it is, and which of theirs. */
  readonly run: string;
  readonly kind: string;
  readonly colour: string;
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly number[];
  readonly width?: number;
  /** Whether and how its points are marked. */
  readonly marks?: "full" | "hollow";
  /** How strong it is drawn: 1 is opaque. */
  readonly strength?: number;
}

/** The value of the point that is nearest to `x`, if there is one not farther than `most`. */
export function valueNear({ x: xs, y }: Pick<Line, "x" | "y">, x: number, most: number): number | null {
  let low = 0;
  for (let high = xs.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  const distance = (i: number): number => Math.abs((xs[i] ?? Number.POSITIVE_INFINITY) - x);
  const nearest = distance(low - 1) <= distance(low) ? low - 1 : low;
  return distance(nearest) <= most ? (y[nearest] ?? null) : null;
}
