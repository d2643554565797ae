import type { Tensor } from "@kindling/core";
import { asBuffer, checkOptions, checkTensor, surplusArguments } from "@kindling/core/extend";

declare const buffer: unique symbol;

/**
 * A tensor that is part of a module's state but is not learned (running statistics, class weights): kept in a field of a
 * `Module`, it moves with the module and, when persistent, is in its state dict. It belongs to no scope.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.parameter.Buffer.html
 */
export interface Buffer extends Tensor {
  readonly [buffer]: true;
}

export interface BufferOptions {
  /** Whether the state dict has it. Default: true. */
  readonly persistent?: boolean;
}

interface BufferConstructor {
  new (data: Tensor, options?: BufferOptions): Buffer;
}

/** `new Buffer(data)`: a buffer over the elements of `data`. */
export const Buffer = function Buffer(data: Tensor, options: BufferOptions = {}): Buffer {
  if (arguments.length > 2) throw surplusArguments("new Buffer(data, options?)", arguments.length);
  checkTensor("Buffer", data, "data");
  checkOptions("Buffer", options, ["persistent"], "Buffer.__new__()");
  const { persistent = true } = options;
  return asBuffer(data, persistent) as Buffer;
} as unknown as BufferConstructor;
