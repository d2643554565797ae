import type { Shape } from "@kindling/core";

/** A shape as PyTorch writes it in most messages: `torch.Size([2, 3])`. */
export function torchSize({ shape }: { readonly shape: Shape }): string {
  return `torch.Size([${shape.join(", ")}])`;
}
