/** Of an answer that is a web page: a login, an error told with status 200, an app that answers every address. */
export const NOT_A_FILE = "an HTML page instead of the file";

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export function looksLikeMarkup(bytes: Uint8Array): boolean {
  return /^\s*<[!?a-z]/i.test(new TextDecoder().decode(bytes.subarray(0, 256)));
}
