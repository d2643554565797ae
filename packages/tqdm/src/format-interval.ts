/**
 * Seconds as a clock time, `[H:]MM:SS`, cut to whole seconds.
 *
 * Same as `tqdm.format_interval(t)`.
 */
export function formatInterval(t: number): string {
  const seconds = Math.abs(Math.trunc(t));
  const two = (n: number): string => String(n).padStart(2, "0");
  const h = Math.floor(seconds / 3600);
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return (t < 0 ? "-" : "") + (h > 0 ? `${h}:${clock}` : clock);
}
