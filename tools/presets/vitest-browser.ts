import { playwright } from "@vitest/browser-playwright";
import { defaultClientConditions } from "vite";
import { defineProject, type UserProjectConfigExport, type UserWorkspaceConfig } from "vitest/config";
import type { BrowserInstanceOption } from "vitest/node";
import { findBrowser } from "../browser/find.ts";
import { browserFlags } from "../browser/flags.ts";
import { serveBytes } from "./serve-bytes.ts";
import { shared } from "./vitest.ts";

/** What a page must be served with to have threads: https://web.dev/articles/coop-coep */
const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export interface BrowserPresetOptions {
  /** The project's name. */
  readonly name: string;
  /** Whether the page is cross-origin isolated: only then may WebAssembly have threads. */
  readonly isolated: boolean;
  /** What each browser is for, where there are several: each has a Chromium of its own, and all are served by one server. Default: one. */
  readonly instances?: readonly Omit<BrowserInstanceOption, "browser">[];
  readonly test: NonNullable<UserWorkspaceConfig["test"]>;
}

/** A vitest project whose tests run in the Chromium that is found, on source, as a bundler for browsers sees it. */
export function browserPreset(directory: string, options: BrowserPresetOptions): UserProjectConfigExport {
  const executablePath = findBrowser();
  return defineProject({
    ...shared,
    resolve: { conditions: ["@kindling/source", ...defaultClientConditions] },
    root: directory,
    // The images of MNIST, by the names that they have everywhere.
    plugins: [serveBytes(/-ubyte(\.gz)?$/)],
    server: { headers: options.isolated ? ISOLATION : {} },
    test: {
      name: options.name,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: { args: browserFlags, ...(executablePath === undefined ? {} : { executablePath }) },
        }),
        instances: (options.instances ?? [{}]).map((each) => ({ ...each, browser: "chromium" })),
      },
      testTimeout: 180_000,
      ...options.test,
    },
  });
}
