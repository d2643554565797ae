import { ArgumentTypeError, fromBuffer, isTensor, ShapeError, type Tensor } from "@kindling/core";
import { checkList, detachFromScope, surplusArguments } from "@kindling/core/extend";
import { type Dataset, defaultCollate } from "@kindling/data";
import { resolveIndex, resolveIndices } from "@kindling/data/extend";
import { batchTransform, describeTransform, type SampleTransform, toFunction } from "./sample-transform.ts";

export interface VisionDatasetContent {
  /** Where it was read from. */
  readonly root: string;
  readonly train: boolean;
  /** Images, uint8 `[N, H, W]`. */
  readonly data: Tensor;
  /** Labels, int64 `[N]`. */
  readonly targets: Tensor;
  readonly transform?: SampleTransform | undefined;
  readonly targetTransform?: ((target: number) => number) | undefined;
}

/**
 * Images with a label each, all in memory at a byte a pixel. Sample `i` is `[image, label]`: the image uint8 `[H, W]`
 * (what a PIL image of mode L is to torchvision) or what `transform` makes of it.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.datasets.VisionDataset.html
 */
export class VisionDataset implements Dataset<[Tensor, number]> {
  /** Names of the classes, by label. */
  static readonly classes: readonly string[] = [];

  readonly root: string;
  readonly train: boolean;
  transform: SampleTransform | undefined;
  targetTransform: ((target: number) => number) | undefined;
  #data: Tensor;
  #targets: Tensor;
  #labels: Int32Array;

  constructor(content: VisionDatasetContent) {
    if (arguments.length > 1) throw surplusArguments("new VisionDataset(content)", arguments.length);
    if (!isTensor(content?.data) || !isTensor(content.targets)) {
      const { name } = this.constructor;
      const wayOut =
        "load" in this.constructor
          ? `It is read from files, which takes time: await ${name}.load({ root: "./data", train: true, download: true }).`
          : `Write new ${name}({ root, train, data, targets }).`;
      throw new ArgumentTypeError(name, "data and targets must be tensors", "", wayOut);
    }
    this.root = content.root;
    this.train = content.train;
    this.transform = content.transform;
    this.targetTransform = content.targetTransform;
    if (content.data.length !== content.targets.length) {
      const sizes = `${content.data.length} images and ${content.targets.length} labels`;
      throw new ShapeError(this.constructor.name, "Size mismatch between tensors", sizes, "Give one label an image.");
    }
    this.#data = detachFromScope(content.data);
    this.#targets = detachFromScope(content.targets);
    this.#labels = Int32Array.from(content.targets.toTypedArraySync());
  }

  /** Images, uint8 `[N, H, W]`. To leave some out, assign fewer to `data` and `targets` both. */
  get data(): Tensor {
    return this.#data;
  }

  set data(data: Tensor) {
    this.#data = detachFromScope(data);
  }

  /** Labels, int64 `[N]`. */
  get targets(): Tensor {
    return this.#targets;
  }

  set targets(targets: Tensor) {
    this.#targets = detachFromScope(targets);
    this.#labels = Int32Array.from(targets.toTypedArraySync());
  }

  get length(): number {
    return this.data.length;
  }

  get classes(): readonly string[] {
    return (this.constructor as typeof VisionDataset).classes;
  }

  /** The label of each class name. */
  get classToIdx(): Record<string, number> {
    return Object.fromEntries(this.classes.map((name, label) => [name, label]));
  }

  get(index: number): [Tensor, number] {
    if (arguments.length > 1) throw surplusArguments("VisionDataset.get(index)", arguments.length);
    const row = resolveIndex(`${this.constructor.name}.get`, index, this.length);
    const label = this.#labels[row] as number;
    const view = this.data.select(0, row);
    const image = view.clone(); // the reader's own, to be changed in place too; the bytes are not copied before
    view.dispose();
    return [toFunction(this.transform)(image), this.targetTransform?.(label) ?? label];
  }

  /**
   * `[images, labels]` at `indices`: the same as collating `get(i)` of each. Bytes are copied once, and nothing is
   * computed, where the transform has a `batch`.
   */
  getBatch(indices: readonly number[] | Int32Array): [Tensor, Tensor] {
    if (arguments.length > 1) throw surplusArguments("VisionDataset.getBatch(indices)", arguments.length);
    checkList("VisionDataset.getBatch", indices, {
      name: "indices",
      wayOut: "Give the positions of the samples: [0, 2].",
    });
    const transform = batchTransform(this.transform);
    if (transform === undefined || this.targetTransform !== undefined) {
      return defaultCollate(Array.from(indices, (index) => this.get(index)));
    }
    const op = `${this.constructor.name}.getBatch`;
    const rows = resolveIndices(op, indices, this.length);
    const labels = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) labels[i] = this.#labels[rows[i] as number] as number;
    const at = fromBuffer(rows, [rows.length]);
    const images = this.data.indexSelect(0, at);
    at.dispose();
    return [transform(images), fromBuffer(labels, [labels.length], { dtype: "int64" })];
  }

  /** What `print(dataset)` prints in torchvision. */
  toString(): string {
    const { transform, targetTransform } = this;
    const lines = [
      `Dataset ${this.constructor.name}`,
      `    Number of datapoints: ${this.length}`,
      `    Root location: ${this.root}`,
      `    Split: ${this.train ? "Train" : "Test"}`,
    ];
    if (transform !== undefined || targetTransform !== undefined) lines.push("    StandardTransform");
    if (transform !== undefined) lines.push(describeTransform("Transform: ", transform));
    if (targetTransform !== undefined) lines.push(describeTransform("Target transform: ", targetTransform));
    return lines.join("\n");
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
