/** Where a run of the laws takes place: what its vitest project provides. */
export interface Place {
  /** For people: `Node 22.11.0`, `Chromium`. */
  readonly name: string;
  /** Devices that must be here where `strict`. */
  readonly expected: readonly string[];
  /** The only devices that are tried; all that are found where it is not given. */
  readonly only?: readonly string[];
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
  interface TaskMeta {
    laws?: LawsOfDevice;
  }
}

/** What the laws of one device came to: the report at the end of a run is made of these. */
export interface LawsOfDevice {
  readonly place: string;
  readonly device: string;
  /** What it runs on; or why it is absent, and then there is nothing else. */
  readonly detail: string;
  /** Names of what was tried there: `ops`, and each kind that has cases (`modules`, `optimizers`, ...). */
  readonly tried?: Readonly<Record<string, readonly string[]>>;
  /** Ops that no law has run there. */
  readonly missing?: readonly string[];
}
