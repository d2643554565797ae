import manifest from "../package.json" with { type: "json" };

/** The version of this package, and so of every package of Kindling: they are released together. */
export const VERSION: string = manifest.version;
