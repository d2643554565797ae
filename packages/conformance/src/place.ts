/** Where a run of the laws takes place: what its vitest project provides. */
export interface Place {
  /** For people: `Node 22.11.0`, `Chromium`. */
  readonly name: string;
  /** Devices that must be here where `strict`. */
  readonly expected: readonly string[];
  /** The only devices that are tried; all that are found where it is not given. */
  readonly only?: readonly string[];
  /** Devices whose laws another project runs at the same time. */
  readonly except?: readonly string[];
  /** Whether a device that is expected and absent is a failure, as in CI; else it is skipped, by name. */
  readonly strict: boolean;
  /** Devices that compute slowly here: laws take smaller examples on them. */
  readonly slow: readonly string[];
}

declare module "vitest" {
  interface ProvidedContext {
    place: Place;
    /** Whether the page is cross-origin isolated. */
    isolated: boolean;
  }
}
