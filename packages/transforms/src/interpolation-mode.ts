import { ValueError } from "@kindling/core";

/** How pixels between pixels are found; what PyTorch calls `InterpolationMode`. */
export type InterpolationMode = "nearest" | "nearest-exact" | "bilinear" | "bicubic";

/** Throws ValueError when `mode` is none of `known`. */
export function checkInterpolation<M extends InterpolationMode>(op: string, mode: M, known: readonly M[]): M {
  if (known.includes(mode)) return mode;
  throw new ValueError(
    op,
    "Argument interpolation should be a InterpolationMode or a corresponding Pillow integer constant",
    `it is ${JSON.stringify(mode)}`,
    `Choose one of ${known.map((name) => `"${name}"`).join(", ")}.`,
  );
}
