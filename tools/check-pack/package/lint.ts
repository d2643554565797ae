import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { type Packed, root } from "../packed.ts";

const execute = promisify(execFile);

/** What publint and attw have against a tarball. */
export async function lint({ tarball }: Packed): Promise<string[]> {
  return (await Promise.all([withPublint(tarball), withAttw(tarball)])).flat();
}

async function withPublint(tarball: string): Promise<string[]> {
  const { buffer, byteOffset, byteLength } = await readFile(tarball);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: bytes } });
  return (
    messages
      .filter(({ type }) => type !== "suggestion")
      // The package.json of a template becomes the root of a project of its own.
      .filter(({ code }) => code !== "NESTED_PACKAGE_JSON_FIELD_IGNORED" || pkg.name !== "create-kindling")
      .map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`)
  );
}

async function withAttw(tarball: string): Promise<string[]> {
  const attw = join(root, "node_modules/.bin/attw");
  try {
    await execute(attw, [tarball, "--profile", "esm-only", "--format", "ascii", "--no-color", "--no-emoji"]);
    return [];
  } catch (error) {
    return [`attw: ${error instanceof Error && "stdout" in error ? String(error.stdout) : String(error)}`];
  }
}
