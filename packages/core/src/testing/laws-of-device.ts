/** The device under test, as far as it is known before it has started. */
export interface LawsOfDevice {
  readonly name: string;
  /** Whether it computes slowly: laws that have a smaller example take it. */
  readonly slow: boolean;
  /** Whether its convolutions leave the padding out: a NaN in a weight then meets no zero there. */
  readonly skipsPadding: boolean;
}
