/** What was learned of one sequence of calls: the results, by position, that were asked for only after it had been computed. */
export interface Experience {
  readonly wanted: Set<number>;
}

/** A sequence of calls: `Tape`. */
export interface Recording {
  /** Known from the flush on. */
  experience: Experience | null;
}
