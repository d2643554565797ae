import { fromBuffer, Generator, rand, type Tensor, tensor } from "@kindling/core";
import { TensorDataset } from "@kindling/data";
import { centre, SIDE } from "./centre.ts";
import { GLYPHS, type Point, type Stroke } from "./glyphs.ts";

/** Random numbers from 0 to 1 that make a digit this one and no other. */
const CHOICES = 10;

/** The side of the paper that digits are written on before they are centred. */
const PAPER = 56;

/**
 * Digits written by a program: strokes that are turned, sheared, stretched, bent, and drawn with a thin or a thick pen. Like MNIST's
 * they are bytes, `[1, 28, 28]`, and the same seed gives the same digits.
 */
export function syntheticDigits(count: number, seed: number): TensorDataset<[image: Tensor, label: Tensor]> {
  const choices = rand([count, CHOICES], { generator: new Generator(seed) }).toTypedArraySync();
  const images = new Uint8Array(count * SIDE * SIDE);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  for (const [i, digit] of labels.entries()) {
    const image = writeDigit(digit, choices.subarray(i * CHOICES, (i + 1) * CHOICES));
    images.set(image, i * SIDE * SIDE);
  }
  return new TensorDataset(fromBuffer(images, [count, 1, SIDE, SIDE]), tensor(labels, { dtype: "int64" }));
}

/** A digit as 28 x 28 bytes. Each choice is a number from 0 to 1. */
function writeDigit(digit: number, choices: ArrayLike<number>): Uint8Array {
  let next = 0;
  const between = (low: number, high: number): number => low + (high - low) * (choices[next++] ?? 0);

  const ways = GLYPHS[digit] ?? [];
  const strokes = ways[Math.floor(between(0, 0.999) * ways.length)] ?? [];
  const turn = between(-0.25, 0.25);
  const shear = between(-0.3, 0.3);
  const [wide, tall] = [between(22, 36), between(34, 42)];
  const [bendX, bendY, phaseX, phaseY] = [between(0, 2), between(0, 2), between(0, 6.3), between(0, 6.3)];
  const pen = between(1.5, 3.5);

  const place = ([px, py]: Point): Point => {
    const [u, v] = [(px - 0.5 - shear * (py - 0.5)) * wide, (py - 0.5) * tall];
    const [x, y] = [u * Math.cos(turn) - v * Math.sin(turn), u * Math.sin(turn) + v * Math.cos(turn)];
    return [PAPER / 2 + x + bendX * Math.sin(v / 6 + phaseX), PAPER / 2 + y + bendY * Math.sin(u / 6 + phaseY)];
  };
  const ink = new Uint8Array(PAPER * PAPER);
  for (const stroke of strokes) drawStroke(ink, stroke.map(place), pen);
  return centre({ width: PAPER, height: PAPER, ink }) ?? new Uint8Array(SIDE * SIDE);
}

/** Draws lines from point to point with a round pen of the given radius. */
function drawStroke(ink: Uint8Array, points: Stroke, pen: number): void {
  for (const [i, to] of points.entries()) {
    const from = points[i - 1];
    if (from === undefined) continue;
    const [left, right] = [Math.min(from[0], to[0]) - pen - 1, Math.max(from[0], to[0]) + pen + 1];
    const [top, bottom] = [Math.min(from[1], to[1]) - pen - 1, Math.max(from[1], to[1]) + pen + 1];
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(PAPER, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(PAPER, right); x++) {
        const value = 255 * Math.min(1, Math.max(0, pen + 0.5 - distance([x + 0.5, y + 0.5], from, to)));
        ink[y * PAPER + x] = Math.max(ink[y * PAPER + x] ?? 0, value);
      }
    }
  }
}

/** From a point to the nearest point of a line from `a` to `b`. */
function distance([x, y]: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}
