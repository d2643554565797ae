/** The results of one trace, by position, that were read only after it had been computed: next time they are computed with it. */
export interface TraceProfile {
  readonly wanted: Set<number>;
}

/** A sequence of calls, seen from its results: `Trace`. */
export interface Recording {
  /** Known from the flush on. */
  profile: TraceProfile | null;
}
