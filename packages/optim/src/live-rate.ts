import { isTensor, noGrad, type Tensor, ValueError } from "@kindling/core";

/** Options as they are given: a learning rate may be a tensor of one element. */
export type Given<O extends object> = { readonly [Name in keyof O]?: Name extends "lr" ? O[Name] | Tensor : O[Name] };

/** Where options keep the tensor of their learning rate: not enumerable, so that a copy of them has a number. */
const RATE = Symbol("rate");

interface Rated {
  readonly lr?: unknown;
  readonly [RATE]?: Tensor;
}

/**
 * The options over the defaults, with a learning rate that is a tensor as a live number: reading `lr` reads the tensor, and what is
 * assigned fills it, as PyTorch's schedulers do. Groups that take over the default share its tensor, as in PyTorch.
 *
 * @throws ValueError `Tensor lr must be 1-element`
 */
export function withLiveRate<O extends object>(op: string, options: object, defaults: object): O {
  const all = { ...defaults, ...options } as O;
  const own: Rated = options;
  const tensor = tensorOf(own.lr === undefined ? defaults : own);
  if (tensor === undefined) return all;
  if (tensor.numel() !== 1) {
    const got = `its shape is [${tensor.shape.join(", ")}]`;
    throw new ValueError(op, "Tensor lr must be 1-element", got, "Write { lr: tensor(0.1) }.");
  }
  Object.defineProperty(all, RATE, { value: tensor });
  return Object.defineProperty(all, "lr", {
    enumerable: true,
    configurable: true,
    get: () => tensor.itemSync(),
    set(value: number) {
      noGrad(() => tensor.fill_(value));
    },
  });
}

function tensorOf(options: Rated): Tensor | undefined {
  return isTensor(options.lr) ? options.lr : options[RATE];
}

/** Whether an option of a group lives in a tensor: it stays there, whatever is loaded. */
export function isLive(group: object, name: string): boolean {
  return Object.getOwnPropertyDescriptor(group, name)?.get !== undefined;
}
