import { defineConfig, type Options } from "tsup";
import { writeDeclarations } from "./declarations.ts";
import { ownNames } from "./own-names.ts";
import { pureNamespaces } from "./pure-namespaces.ts";

/**
 * How every package is built: ESM with declarations, `using` lowered for Node 20, one shared chunk for all entries.
 *
 * A file chosen by platform is an entry of its own, imported by its `#name` of package.json's `imports`, which stays external.
 */
export function preset(
  entry: string[],
  { declarations = true, ...options }: Options & { declarations?: boolean } = {},
): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry,
    outDir: "dist",
    format: "esm",
    target: "es2022",
    platform: "neutral",
    splitting: true,
    clean: true,
    silent: true,
    removeNodeProtocol: false,
    skipNodeModulesBundle: true,
    external: [/^#/, /^@kindling\//, /^node:/],
    plugins: [ownNames, pureNamespaces],
    ...(declarations ? { onSuccess: () => writeDeclarations(process.cwd(), entry) } : {}),
    ...options,
  });
}
