import { isLaidOut, type Layout, layOut, type TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Kernels } from "../kernels/start-kernels.ts";
import { COLUMNS, ROWS } from "../kernels/tile.ts";
import { elements, output } from "../overrides/heap.ts";
import { BlockedProduct } from "../product/blocked-product.ts";
import { GatheredOperand, type OffsetTable, tableSize, writeTable } from "../product/gathered-operand.ts";
import { FLOAT, packedSize } from "../product/operand.ts";
import { StridedOperand } from "../product/strided-operand.ts";

interface GatheredProductOptions {
  /** How images are laid out, and what is gathered from them: a column for each of the points, with an element for each tap. */
  readonly layout: Layout;
  /** The images, as many planes each as the layout has. */
  readonly source: TensorInfo;
  /** Rows of the matrices that columns are multiplied with. */
  readonly rows: number;
  /** Floats that the caller wants beside. */
  readonly extra?: number;
}

/**
 * Products of matrices with what is gathered from images, part by part (a group of an image): a convolution without the matrix of windows
 * ever being written down. All memory is there once this is made; nothing may be allocated until it is released.
 */
export class GatheredProduct {
  /** All of the memory. */
  readonly floats: Float32Array;
  /** The address of the caller's floats. */
  readonly extra: number;
  readonly #device: TfjsRunner;
  readonly #kernels: Kernels;
  readonly #options: GatheredProductOptions;
  readonly #scratch: TensorInfo;
  readonly #product: BlockedProduct;
  readonly #source: number;
  /** Where images are laid out; 0 where they lie as they should. */
  readonly #image: number;
  readonly #points: OffsetTable;
  readonly #taps: OffsetTable;

  constructor(device: TfjsRunner, kernels: Kernels, options: GatheredProductOptions) {
    const { layout, source, rows, extra = 0 } = options;
    const { points, taps, planes, size } = layout;
    const k = taps.length;
    const [left, right] = [
      { length: rows, width: ROWS },
      { length: points.length, width: COLUMNS },
    ];
    const [kept, passing] = rows <= points.length ? [left, right] : [right, left];
    const laidOut = isLaidOut(layout, source.shape.slice(-2) as [number, number]);
    const sizes = {
      kept: packedSize(kept, k),
      passing: passing.width * k,
      edge: ROWS * COLUMNS,
      points: tableSize(points),
      taps: tableSize(taps),
      image: laidOut ? 0 : planes * size[0] * size[1],
      extra,
    };
    this.#device = device;
    this.#kernels = kernels;
    this.#options = options;
    this.#scratch = output(device, [sum(Object.values(sizes))], "float32");
    // Only now, since each allocation may move the memory.
    const room = elements(device, this.#scratch) as Float32Array;
    this.floats = new Float32Array(room.buffer);
    const at = addressesOf(sizes, room.byteOffset);
    this.extra = at.extra;
    this.#source = elements(device, source).byteOffset;
    this.#image = laidOut ? 0 : at.image;
    this.floats.fill(0, at.image / FLOAT, at.image / FLOAT + sizes.image);
    const integers = new Int32Array(room.buffer);
    this.#points = writeTable(integers, points, at.points);
    this.#taps = writeTable(integers, taps, at.taps);
    this.#product = new BlockedProduct(kernels, this.floats, k, { ...at, bias: 0 });
  }

  /** Multiplies the matrix at the address `rows` with what is gathered from part `part` of the images, to the address `out`. */
  compute(part: number, rows: number, out: number): void {
    const k = this.#taps.length;
    const left = new StridedOperand(this.#kernels, this.floats, {
      at: rows,
      length: this.#options.rows,
      stride: FLOAT * k,
      step: FLOAT,
      width: ROWS,
      k,
    });
    const right = new GatheredOperand(this.#kernels, this.#laidOut(part), this.#points, this.#taps);
    this.#product.compute(left, right, out);
  }

  release(): void {
    this.#device.release(this.#scratch);
  }

  /** The address of a part's image, laid out. */
  #laidOut(part: number): number {
    const { layout, source } = this.#options;
    const size = source.shape.slice(-2) as [number, number];
    const from = this.#source + FLOAT * part * layout.planes * numel(size);
    if (this.#image === 0) return from;
    const room = this.floats.subarray(this.#image / FLOAT);
    layOut(layout, this.floats, from / FLOAT, size, room);
    return this.#image;
  }
}

function addressesOf<K extends string>(sizes: Readonly<Record<K, number>>, start: number): Record<K, number> {
  let at = start;
  const addresses = {} as Record<K, number>;
  for (const name in sizes) {
    addresses[name] = at;
    at += FLOAT * sizes[name];
  }
  return addresses;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
