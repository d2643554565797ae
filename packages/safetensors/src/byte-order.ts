const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** `bytes`, elements of `width` bytes, between the format's byte order (little-endian) and the host's. In place. */
export function hostOrder(bytes: Uint8Array, width: number, littleEndian = hostIsLittleEndian): Uint8Array {
  if (littleEndian || width === 1) return bytes;
  for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
  return bytes;
}
