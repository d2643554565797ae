/** What laws know of the device that they are tried on, before it has started. */
export interface LawsOfDevice {
  readonly name: string;
  /** Whether it computes slowly: laws that have a smaller example take it. */
  readonly slow: boolean;
}
