import type { Resource } from "./resource.ts";

/** What is wrong with `bytes` as the content of `resource`, in plain words; undefined when they are it, to the bit. */
export async function findFlaw(bytes: Uint8Array, resource: Resource): Promise<string | undefined> {
  if (bytes.length > resource.bytes) return `more than ${resource.bytes} bytes`;
  if (bytes.length < resource.bytes) return `${bytes.length} bytes instead of ${resource.bytes}`;
  const digest = await sha256(bytes);
  return digest === resource.sha256 ? undefined : `sha256 ${digest} instead of ${resource.sha256}`;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto;
  if (subtle === undefined) {
    throw new Error("Checksums need crypto.subtle, which a page has only over https: or from localhost.");
  }
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
