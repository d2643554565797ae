import { readdir } from "node:fs/promises";
import { CreateError } from "./create-error.ts";

/** Entries that do not make a folder count as used: a repository that was just begun, what Finder leaves. */
const IGNORED: readonly string[] = [".git", ".DS_Store"];

/**
 * What a folder holds, sorted; nothing where it does not exist yet.
 *
 * @throws CreateError when it is a file, or cannot be read
 */
export async function contentsOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !IGNORED.includes(name)).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    const problem = code === "ENOTDIR" ? "is a file, not a folder" : `cannot be read (${code})`;
    throw new CreateError(`${folder} ${problem}.`, "Choose another folder.", { cause: error });
  }
}

/** `a, b, c and 4 more`. */
export function listOf(names: readonly string[], most = 3): string {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
