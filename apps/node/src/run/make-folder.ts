import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder, and those that lead to it; one that is there stays. (Node's own `recursive` never comes back where the system
 * says ENOENT in a folder that is there, as Linux does in /proc.)
 */
export async function makeFolder(path: string): Promise<void> {
  const error = await failure(path);
  if (error === undefined) return;
  if (error.code === "ENOENT" && dirname(path) !== path) {
    await makeFolder(dirname(path));
    const again = await failure(path);
    if (again === undefined) return;
    throw notMade(path, again);
  }
  if (error.code === "EEXIST" && (await stat(path)).isDirectory()) return;
  throw notMade(path, error);
}

async function failure(path: string): Promise<NodeJS.ErrnoException | undefined> {
  return mkdir(path).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
}

function notMade(path: string, cause: NodeJS.ErrnoException): Error {
  return new Error(`could not make the folder ${path}: ${cause.message}`, { cause });
}
