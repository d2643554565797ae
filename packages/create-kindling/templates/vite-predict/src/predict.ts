import { fromBuffer, noGrad, scope } from "@kindling/core";
import { functional as F } from "@kindling/nn";
import { load } from "@kindling/safetensors";
import { Net } from "./net.ts";

/**
 * A network with the weights of a safetensors file.
 *
 * @throws SafetensorError when the file is damaged, RuntimeError when its weights are those of another network
 */
export function netOf(file: Uint8Array): Net {
  const net = new Net();
  net.loadStateDict(load(file));
  return net.eval();
}

/** The probabilities of the digits 0 to 9, for an image of 28 x 28 bytes. */
export function classify(net: Net, image: Uint8Array): number[] {
  return scope(() => {
    // The mean and the standard deviation of MNIST's pixels, as in training.
    const x = fromBuffer(image, [1, 1, 28, 28]).to("float32").div(255).sub(0.1307).div(0.3081);
    const logits = noGrad(() => net(x));
    return Array.from(F.softmax(logits, 1).toTypedArraySync());
  });
}
