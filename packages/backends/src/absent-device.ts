import { DeviceError } from "@kindling/core";

/** The error for a device that is not installed, or not made for this platform: nothing is broken, and `auto` goes on without a word. */
export class AbsentDeviceError extends DeviceError {}

/** How runtimes and bundlers report a package that is not there; each quotes its name. */
const NOT_THERE = [
  // Node, Bun, webpack
  /Cannot find (?:package|module)/i,
  // Vite, in the module that stands for an optional peer; Deno
  /Could not (?:resolve|find)/i,
  // Chrome, Firefox and Safari, where a bundler has left the import as it was
  /Failed to resolve module specifier/i,
  /bare specifier/i,
  /does not resolve to a valid URL/i,
  // Deno
  /not a dependency/i,
];

/** Whether `cause` reports that this package itself is missing, not one that it needs. */
export function isMissing(packageName: string, cause: unknown): boolean {
  const message = messageOf(cause);
  const [, quoted] = /["'“‘`]([^"'”’`]+)["'”’`]/.exec(message) ?? [];
  return quoted === packageName && NOT_THERE.some((pattern) => pattern.test(message));
}

/** A package that a device needs, as npm knows it. */
export interface NeededPackage {
  readonly name: string;
  readonly version: string;
  /** How to get it. Default: `npm install name@version`. */
  readonly install?: string;
}

/** The error for a package that could not be imported: it is missing, or it fails. */
export function notLoaded(device: string, { name, version, install }: NeededPackage, cause: unknown): DeviceError {
  const missing = isMissing(name, cause);
  const error = missing
    ? new AbsentDeviceError(
        "device",
        `the ${device} device needs the package ${name}@${version}`,
        "it is not installed",
        install ?? `npm install ${name}@${version}`,
      )
    : new DeviceError("device", `the ${device} device did not start: ${name} does not load`, messageOf(cause));
  error.cause = cause;
  return error;
}

export function messageOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  const { message } = Object(cause) as { message?: unknown };
  return typeof message === "string" ? message : String(cause);
}
