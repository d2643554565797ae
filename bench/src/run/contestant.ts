/** What is compared: a program in a process of its own, which prints one JSON object a line. */
export interface Contestant {
  /** For `--only`, and the key of its outcome. */
  readonly name: string;
  /** What the table calls it. */
  readonly label: string;
  readonly command: Command | Absent;
}

export type Command = readonly [program: string, ...args: string[]];

/** Why a contestant cannot run here, and how to get it. */
export interface Absent {
  readonly absent: string;
}

/** A line of a contestant: what it measured, by name. */
export type Sample = Readonly<Record<string, number>>;

/** What a contestant came to: its samples round by round, or why there are none. */
export type Outcome = { readonly rounds: readonly (readonly Sample[])[] } | Absent;

export function isAbsent(value: object): value is Absent {
  return "absent" in value;
}
