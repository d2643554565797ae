import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { DeviceError } from "@kindling/core";

const HEADER = 64;
const ELF64_LITTLE_ENDIAN = "7f454c460201";

/** The kind of a segment that is mapped into memory. */
const LOADED = 1;

/**
 * Checks a package's native libraries before one is loaded.
 *
 * @throws DeviceError for one that is cut short, which a download or a disk that ended too soon leaves behind
 */
export function refuseCutShort(device: string, packageName: string, folders: readonly string[]): void {
  const file = folders.map(findCutShort).find((found) => found !== undefined);
  if (file === undefined) return;
  throw new DeviceError(device, `the library ${file} is cut short`, "", `Install ${packageName} again.`);
}

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

function isCutShort(file: string): boolean {
  const opened = openSync(file, "r");
  try {
    const header = read(opened, 0, HEADER);
    if (header.toString("hex", 0, 6) !== ELF64_LITTLE_ENDIAN) return false;
    return announcedEnd(opened, header) > fstatSync(opened).size;
  } finally {
    closeSync(opened);
  }
}

/** Where the table of sections ends, which linkers write last, or the last segment, since a library may have been stripped of that table. */
function announcedEnd(opened: number, header: Buffer): number {
  const [segments, sections] = [Number(header.readBigUInt64LE(32)), Number(header.readBigUInt64LE(40))];
  const [segmentSize, segmentCount] = [header.readUInt16LE(54), header.readUInt16LE(56)];
  const [sectionSize, sectionCount] = [header.readUInt16LE(58), header.readUInt16LE(60)];
  const table = read(opened, segments, segmentSize * segmentCount);
  const ends = Array.from({ length: segmentCount }, (_, i) => {
    const segment = table.subarray(i * segmentSize);
    if (segment.readUInt32LE(0) !== LOADED) return 0;
    return Number(segment.readBigUInt64LE(8)) + Number(segment.readBigUInt64LE(32));
  });
  return Math.max(segments + table.length, sections + sectionSize * sectionCount, ...ends);
}

/** Bytes beyond the end of the file are 0. */
function read(opened: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(opened, bytes, 0, length, position);
  return bytes;
}
