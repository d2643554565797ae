/** From black to white, in characters that print everywhere. */
const RAMP = " .:-=+*#%@";
/** The 24 greys of a terminal of 256 colours, from almost black on; black before and white after them. */
const GREYS = [16, ...Array.from({ length: 24 }, (_, i) => 232 + i), 231];

/**
 * An image for the terminal: with colours two pixels a character (`▀`, in the colour of the upper one, on that of the lower
 * one), without them one character for two rows, by its mean grey.
 *
 * @param pixels 0 to 255, row-major
 */
export function drawDigit(pixels: ArrayLike<number>, height: number, width: number, colours: boolean): string {
  const at = (row: number, column: number): number => (row < height ? (pixels[row * width + column] as number) : 0);
  const lines: string[] = [];
  for (let row = 0; row < height; row += 2) {
    let line = "";
    for (let column = 0; column < width; column++) {
      const [upper, lower] = [at(row, column), at(row + 1, column)];
      line += colours
        ? `\x1b[38;5;${pick(GREYS, upper)}m\x1b[48;5;${pick(GREYS, lower)}m▀`
        : pick([...RAMP], (upper + lower) / 2);
    }
    lines.push(colours ? `${line}\x1b[0m` : line.trimEnd());
  }
  return lines.join("\n");
}

function pick<V>(scale: readonly V[], grey: number): V {
  return scale[Math.round((grey / 255) * (scale.length - 1))] as V;
}
