import { defineProject, type UserProjectConfigExport } from "vitest/config";
import { findBrowser } from "../browser/find.ts";
import { browserFlags } from "../browser/flags.ts";
import { shared } from "./vitest.ts";

/** What tests need to start the browser that is found. */
export interface BrowserLaunch {
  readonly executablePath: string;
  readonly args: string[];
}

declare module "vitest" {
  interface ProvidedContext {
    readonly browser: BrowserLaunch;
  }
}

export interface SitePresetOptions {
  /** The project's name. */
  readonly name: string;
  readonly globalSetup: string[];
}

/** A vitest project whose tests run in Node, and drive a site in the Chromium that is found: they are given how to start it. */
export function sitePreset(directory: string, { name, globalSetup }: SitePresetOptions): UserProjectConfigExport {
  return defineProject({
    ...shared,
    root: directory,
    test: {
      name,
      include: ["e2e/**/*.test.ts"],
      globalSetup,
      provide: { browser: { executablePath: findBrowser() ?? "", args: browserFlags } },
      // One after the other, after all others: what they wait for is computed.
      sequence: { groupOrder: 3 },
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  });
}
