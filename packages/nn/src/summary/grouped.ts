/** A count with commas: `101,770`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
