/// <reference types="vite/types/importMeta.d.ts" />
import type { Device } from "@kindling/core";
import manifest from "../package.json" with { type: "json" };

/** Where laws are tried. */
export interface LawsOptions {
  readonly device: Device;
  /** Whether much computing is to be kept from this device: laws that have a smaller example take it. Default: false. */
  readonly slow?: boolean;
  readonly skipsPadding?: boolean;
  /** Whether another example of the same thing is tried here: laws that hold whatever it computes need not be tried again. Default: false. */
  readonly again?: boolean;
}

/** Registers the tests of one thing of a kind, tried on `device` where the kind computes. */
export type Laws = (name: string, example: unknown, options: LawsOptions) => void;

/** Everything of one kind, by name, and the laws of that kind. */
export interface Kind {
  readonly packageName: string;
  /** `module`, `optimizer`, ... */
  readonly name: string;
  readonly laws: Laws;
  /** The examples of the kind: one of each, or several. Null where the package leaves the laws to its own tests. */
  readonly cases: Readonly<Record<string, unknown>> | null;
}

/** The `testing` entries of all packages; only those of dependencies are loaded. */
const entries = import.meta.glob<Record<string, unknown>>("../../*/src/testing/index.ts");

/** The packages that this one depends on. */
export const packageNames: readonly string[] = Object.keys(manifest.dependencies);

/**
 * The kinds of plug-in: whatever a package's `testing` exports as `<kind>Laws`, and beside it `<kind>Cases`. A new kind, or a new thing
 * of a kind, is found here without a line of code.
 */
export async function discover(): Promise<Kind[]> {
  const found: Kind[] = [];
  for (const packageName of packageNames) {
    const exported = await testing(packageName);
    for (const key of Object.keys(exported)) {
      const name = /^(\w+)Laws$/.exec(key)?.[1];
      if (name === undefined) continue;
      const cases = (exported[`${name}Cases`] ?? null) as Kind["cases"];
      found.push({ packageName, name, laws: exported[key] as Laws, cases });
    }
  }
  return found;
}

/** The exports of `@kindling/x/testing`; none if there is no such entry. */
async function testing(packageName: string): Promise<Record<string, unknown>> {
  const load = entries[`../../${packageName.replace("@kindling/", "")}/src/testing/index.ts`];
  return (await load?.()) ?? {};
}

/** `modules`, `trajectories`. */
export function plural(kind: string): string {
  return `${kind.replace(/y$/, "ie")}s`;
}

/** The examples of a kind under names that tell them apart, and whether one of the same thing stands before it. */
export function examplesOf(cases: NonNullable<Kind["cases"]>): (readonly [string, unknown, again: boolean])[] {
  return Object.entries(cases).flatMap(([name, examples]) => {
    if (!Array.isArray(examples)) return [[name, examples, false] as const];
    return examples.map((example, i) => [examples.length === 1 ? name : `${name} (${i + 1})`, example, i > 0] as const);
  });
}
