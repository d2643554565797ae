import { checkFileName, surplusArguments } from "@kindling/core/extend";
import { platform } from "#platform";
import { ensureFiles } from "./folder/ensure-files.ts";
import { readImages, readLabels } from "./idx/images-and-labels.ts";
import { checkLoadOptions, limitsOf, type MNISTOptions } from "./mnist-options.ts";
import { type Resource, resource } from "./resource.ts";
import { VisionDataset, type VisionDatasetContent } from "./vision-dataset.ts";

/** The files of a data set of MNIST's layout. */
export type MNISTResources = readonly [
  trainImages: Resource,
  trainLabels: Resource,
  testImages: Resource,
  testLabels: Resource,
];

/** The name of the data set and those of its files become paths below `root`. */
function checkNames(dataset: string, resources: MNISTResources): void {
  const op = `${dataset}.load`;
  checkFileName(op, "name", dataset);
  for (const { file } of resources) checkFileName(op, "file of a resource", file);
}

/** What `load` needs of a class: a subclass of MNIST that has other values here is another data set. */
export interface MNISTClass<T> {
  new (content: VisionDatasetContent): T;
  readonly name: string;
  readonly mirrors: readonly string[];
  readonly resources: MNISTResources;
}

/**
 * Handwritten digits, 28 x 28.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.datasets.MNIST.html
 */
export class MNIST extends VisionDataset {
  /** The folder's name too: said here, where no minifier changes it. */
  static override readonly name: string = "MNIST";

  static readonly mirrors: readonly string[] = [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "http://yann.lecun.com/exdb/mnist/",
  ];

  static readonly resources: MNISTResources = [
    resource("train-images-idx3-ubyte", 47040016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    resource("train-labels-idx1-ubyte", 60008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    resource("t10k-images-idx3-ubyte", 7840016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    resource("t10k-labels-idx1-ubyte", 10008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
  ];

  static override readonly classes: readonly string[] = [
    "0 - zero",
    "1 - one",
    "2 - two",
    "3 - three",
    "4 - four",
    "5 - five",
    "6 - six",
    "7 - seven",
    "8 - eight",
    "9 - nine",
  ];

  /**
   * Reads the data set from `root`, downloading it first if asked to. All four files must be there, as in torchvision,
   * and each is checked against its sha256 each time: never is anything read that is not the data set, to the bit.
   *
   * @throws DatasetNotFoundError, DownloadError, StoreError; ValueError for options and names that cannot be
   */
  static async load<T>(this: MNISTClass<T>, options: MNISTOptions): Promise<T> {
    if (arguments.length > 1) throw surplusArguments("MNIST.load(options)", arguments.length);
    checkLoadOptions(this.name, options);
    checkNames(this.name, this.resources);
    const { root, train = true, download = false, transform, targetTransform } = options;
    const op = `${this.name}.load`;
    const folder = `${root.replace(/\/$/, "")}/${this.name}/raw`;
    const { mirrors = this.mirrors, store = platform.store, signal, onProgress } = options;
    const how = { op, folder, store, download, mirrors, ...limitsOf(options), signal, onProgress };
    const [images, labels] = (await ensureFiles(this.resources, how)).slice(train ? 0 : 2) as [Uint8Array, Uint8Array];

    return new this({
      root,
      train,
      data: readImages(images),
      targets: readLabels(labels),
      transform,
      targetTransform,
    });
  }
}
