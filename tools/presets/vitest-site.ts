import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { defineProject, type UserProjectConfigExport } from "vitest/config";
import { isAsked, type Subject } from "../../packages/core/src/testing/asked-tiers.ts";
import { findBrowser } from "../browser/find.ts";
import { browserFlags } from "../browser/flags.ts";
import { askedTiers } from "../test/tiers.ts";
import { shared } from "./vitest.ts";

/** What tests need to start the browser that is found. */
export interface BrowserLaunch {
  readonly executablePath: string;
  readonly args: string[];
}

declare module "vitest" {
  interface ProvidedContext {
    readonly browser: BrowserLaunch;
    /** Files of tests that the project leaves to CI. */
    readonly leftFiles?: readonly string[];
  }
}

export interface SitePresetOptions {
  /** The project's name. */
  readonly name: string;
  readonly globalSetup: string[];
  /** The files of `e2e` that always run. The others are proofs of `of`. */
  readonly always: readonly string[];
  /** What the site is made of. */
  readonly of: Subject;
}

/** A vitest project whose tests run in Node, and drive a site in the Chromium that is found: they are given how to start it. */
export function sitePreset(
  directory: string,
  { name, globalSetup, always, of }: SitePresetOptions,
): UserProjectConfigExport {
  const left = isAsked("proofs", of, askedTiers()) ? [] : filesBeside(directory, always);
  return defineProject({
    ...shared,
    root: directory,
    test: {
      name,
      include: ["e2e/**/*.test.ts"],
      exclude: left,
      globalSetup,
      provide: {
        browser: { executablePath: findBrowser() ?? "", args: browserFlags },
        leftFiles: left.map((file) => `${basename(directory)}/${file}`),
      },
      // After all others: what they wait for is computed.
      sequence: { groupOrder: 3 },
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  });
}

function filesBeside(directory: string, always: readonly string[]): string[] {
  const files = readdirSync(join(directory, "e2e")).filter((file) => file.endsWith(".test.ts"));
  return files.filter((file) => !always.includes(file)).map((file) => `e2e/${file}`);
}
