/** The colours of the page as the style sheet has them now: plots and pictures are painted, not styled. */
export interface Colours {
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly warm: readonly [number, number, number];
  readonly cold: readonly [number, number, number];
  readonly middle: readonly [number, number, number];
  runOf(number: number): string;
}

/** So many runs have a colour of their own. */
const RUNS = 6;

export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string): string => style.getPropertyValue(name).trim();
  const runs = Array.from({ length: RUNS }, (_, i) => get(`--run-${i + 1}`));
  return {
    text: get("--text-soft"),
    faint: get("--text-faint"),
    line: get("--line"),
    surface: get("--surface"),
    warm: rgb(get("--warm")),
    cold: rgb(get("--cold")),
    middle: rgb(get("--middle")),
    runOf: (number) => runs[(number - 1) % RUNS] as string,
  };
}

/** The class of a swatch in the colour of a run. */
export function runClass(number: number): string {
  return `run-${((number - 1) % RUNS) + 1}`;
}

function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
