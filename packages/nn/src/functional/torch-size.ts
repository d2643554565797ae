import type { Tensor } from "@kindling/core";

/** A shape as PyTorch writes it in most messages: `torch.Size([2, 3])`. */
export function torchSize({ shape }: Tensor): string {
  return `torch.Size([${shape.join(", ")}])`;
}
