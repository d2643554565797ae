/** How files begin that stand in place of weights, as text or as bytes, and what to do about each. */
const BEGINNINGS: readonly (readonly [start: RegExp | readonly number[], wayOut: string])[] = [
  [
    /^\s*<(?:!|html|head|\?xml)/i,
    "It begins like a web page, which a server sends in place of a file that it does not have, or asks to log in for: open its address in a browser.",
  ],
  [
    /^version /,
    "It begins like a Git LFS pointer, which stands in a repository for the file: run git lfs pull, or download the file itself.",
  ],
  [/^\s*[{[]/, "It begins like JSON, perhaps a server's message: read it as text."],
  ...[[0x50, 0x4b, 3, 4], ...[2, 3, 4, 5].map((protocol) => [0x80, protocol])].map(
    (bytes) =>
      [
        bytes,
        "It begins like what torch.save writes: save the state dict with safetensors.torch.save_file(net.state_dict(), path) in Python.",
      ] as const,
  ),
  [[0x1f, 0x8b], "It begins like a gzip archive: decompress it first."],
  [[0x93, 0x4e, 0x55, 0x4d], "It begins like an array of NumPy's: save it with safetensors.numpy.save_file in Python."],
  [/^GGUF/, "It begins like a GGUF file, another format."],
];

/** What to do with a file that begins with these bytes; undefined where it may be a safetensors file that is damaged. */
export function wayOutOfOtherFile(start: Uint8Array): string | undefined {
  const text = String.fromCharCode(...start.subarray(0, 8));
  const begins = (by: RegExp | readonly number[]): boolean =>
    by instanceof RegExp ? by.test(text) : by.every((byte, i) => start[i] === byte);
  return BEGINNINGS.find(([beginning]) => begins(beginning))?.[1];
}
