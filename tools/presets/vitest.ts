import { basename } from "node:path";
import { defaultServerConditions } from "vite";
import { defineProject, type UserProjectConfigExport, type UserWorkspaceConfig } from "vitest/config";

const conditions = ["@kindling/source", ...defaultServerConditions];

/** What every vitest run here shares: tests run on source (no build first), and `using` is lowered for Node 20. */
export const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  esbuild: { target: "es2022" },
} as const;

/** What no project of a package takes for tests, or leaves to another command. */
export const EXCLUDED: string[] = ["**/node_modules/**", "**/dist/**", "**/python/**", "tensorflow/**"];

/** The vitest project of the package in `directory`; `test` adds to what all have. */
export function preset(directory: string, test: UserWorkspaceConfig["test"] = {}): UserProjectConfigExport {
  return defineProject({
    ...shared,
    root: directory,
    test: {
      name: basename(directory),
      include: ["**/*.test.ts"],
      exclude: EXCLUDED,
      // A test that hangs fails; one on a busy machine does not.
      testTimeout: 30_000,
      hookTimeout: 60_000,
      // The files of a package share the modules that a worker has loaded; importing them anew took longer than the tests. What a test
      // replaces, it must put back: vitest does so with spies and stubs, `vi.doMock` needs `vi.doUnmock` and `vi.resetModules`.
      isolate: false,
      restoreMocks: true,
      unstubEnvs: true,
      unstubGlobals: true,
      ...test,
    },
  });
}
