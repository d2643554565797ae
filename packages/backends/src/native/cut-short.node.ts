import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

const HEADER = 64;
const ELF64_LITTLE_ENDIAN = "7f454c460201";

/**
 * The first library in a folder whose file ends before the end that its header announces; undefined where all are whole. Loading such a file kills the
 * process (SIGBUS), beyond any `catch`. Only ELF files of 64 bits, as on Linux, are looked at: others count as whole.
 */
export function findCutShort(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const libraries = readdirSync(folder).filter((name) => /\.(?:node|so)(?:\.|$)/.test(name));
  return libraries
    .map((name) => join(folder, name))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true && isCutShort(file));
}

/** The table of sections is what linkers write last. */
function isCutShort(file: string): boolean {
  const opened = openSync(file, "r");
  try {
    const header = Buffer.alloc(HEADER);
    readSync(opened, header, 0, HEADER, 0);
    if (header.toString("hex", 0, 6) !== ELF64_LITTLE_ENDIAN) return false;
    const [table, size, count] = [header.readBigUInt64LE(40), header.readUInt16LE(58), header.readUInt16LE(60)];
    return table + BigInt(size * count) > BigInt(fstatSync(opened).size);
  } finally {
    closeSync(opened);
  }
}
