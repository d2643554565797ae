import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rootFolder } from "../run/commands.ts";

/** The executable of the browser that the tests would take; undefined where there is none. */
export async function findBrowser(): Promise<string | undefined> {
  const tool = pathToFileURL(join(rootFolder, "tools", "browser", "find.ts")).href;
  const { findBrowser } = (await import(tool)) as { findBrowser(): string | undefined };
  return findBrowser();
}
