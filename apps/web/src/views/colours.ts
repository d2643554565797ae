/** The colours of the page as the style sheet has them now: plots and pictures are painted, not styled. */
export interface Colours {
  readonly text: string;
  readonly line: string;
  readonly surface: string;
  readonly ink: string;
  readonly accent: string;
  readonly warm: readonly number[];
  readonly cold: readonly number[];
  readonly middle: readonly number[];
  runOf(number: number): string;
}

/** So many runs have a colour of their own. */
const RUNS = 6;

const NAMES = ["text-soft", "line", "surface", "ink", "accent", "warm", "cold", "middle"] as const;

/** Reads them off elements that are styled with them: a custom property itself says `light-dark(...)`. */
export function readColours(): Colours {
  const names = [...NAMES, ...Array.from({ length: RUNS }, (_, i) => `run-${i + 1}`)];
  const probe = document.createElement("div");
  probe.hidden = true;
  const samples = names.map((name) => {
    const sample = document.createElement("i");
    sample.style.color = `var(--${name})`;
    return sample;
  });
  probe.append(...samples);
  document.body.append(probe);
  const colours = samples.map((sample) => getComputedStyle(sample).color);
  probe.remove();
  const [text = "", line = "", surface = "", ink = "", accent = "", warm = "", cold = "", middle = "", ...runs] =
    colours;
  return {
    text,
    line,
    surface,
    ink,
    accent,
    warm: channels(warm),
    cold: channels(cold),
    middle: channels(middle),
    runOf: (number) => runs[(number - 1) % RUNS] as string,
  };
}

/** The class of a swatch in the colour of a run. */
export function runClass(number: number): string {
  return `run-${((number - 1) % RUNS) + 1}`;
}

/** Red, green and blue out of `rgb(r, g, b)`. */
function channels(colour: string): number[] {
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}
