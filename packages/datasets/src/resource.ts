import { surplusArguments } from "@kindling/core/extend";
/**
 * One file of a data set: its name (without `.gz`), its length, and the sha256 of its content.
 *
 * torchvision checks the md5 of the `.gz`. Kindling checks the unpacked content, every time it is read: that is the part
 * that is trained on, and a mirror may pack it as it likes.
 */
export interface Resource {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function resource(file: string, bytes: number, sha256: string): Resource {
  if (arguments.length > 3) throw surplusArguments("resource(file, bytes, sha256)", arguments.length);
  return { file, bytes, sha256 };
}

/** More bytes than any gzip of `resource` has: incompressible blocks cost 5 bytes in 16,383, the header holds a name. */
export function gzipLimit({ bytes }: Resource): number {
  return bytes + Math.ceil(bytes / 1000) + 4096;
}
