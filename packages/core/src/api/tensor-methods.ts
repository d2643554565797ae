import type { KeepDim, Pieces, ValuesAndIndices } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type * as functions from "./functions.ts";
import type { InPlaceName } from "./in-place.ts";
import type * as onlyMethods from "./only-methods.ts";

// The methods of tensors, from the functions that they call: one definition and one doc for `add(x, y)`, `x.add(y)` and `x.add_(y)`.
// Tensors know no ops; their type gets its methods here, as their prototype does in methods.ts.

type Functions = typeof functions;
type OnlyMethods = typeof onlyMethods;

/** A function of a tensor as its method. */
type Method<F> = F extends (x: Tensor, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** The functions of a module as methods. */
type MethodsOf<Module> = { [Name in keyof Module]: Method<Module[Name]> };

/** `add_` for `add`: takes the same, and leaves the result in the tensor. */
type InPlaceOf<Module> = { [Name in keyof Module as `${Name & string}_`]: Method<Module[Name]> };

/** Methods whose types cannot be derived: overloads, type parameters, and functions that do not take the tensor first. */
interface OwnForms {
  /**
   * The elements without the graph, in the same memory: `p.data.add_(1)` changes `p` and autograd does not notice. Assigned, `p` takes over
   * another tensor's memory and stays the same tensor. To read the elements: `toTypedArray`, `toList`, `item`.
   */
  get data(): Tensor;
  set data(value: Tensor);
  /** The rows: one view for each element of the first dimension. */
  [Symbol.iterator](): Generator<Tensor, void, undefined>;
  /** The transpose: dimensions in the opposite order. */
  readonly T: Tensor;
  /** The last two dimensions swapped: each matrix transposed. */
  readonly mT: Tensor;
  /** The largest element, the larger of two tensors, or the largest along a dimension with where it stands. */
  max(): Tensor;
  max(other: Tensor): Tensor;
  max(dim: number, options?: KeepDim): ValuesAndIndices<Tensor>;
  /** The smallest element, the smaller of two tensors, or the smallest along a dimension with where it stands. */
  min(): Tensor;
  min(other: Tensor): Tensor;
  min(dim: number, options?: KeepDim): ValuesAndIndices<Tensor>;
  /** The positions of the elements that are not zero: a row of coordinates for each, or with `asTuple` a vector for each dimension. */
  nonzero(options: { readonly asTuple: true }): Tensor[];
  nonzero(options?: { readonly asTuple?: false }): Tensor;
  /** Pieces of `size` along `dim`, the last may be smaller, or of the sizes that are listed. */
  split<const Size extends number | readonly number[]>(size: Size, dim?: number): Pieces<Size, Tensor>;
  /** The variance over `dim`, divided by the count less `correction` (1: Bessel's). */
  var: Method<Functions["var_"]>;
  /** This where `condition` holds, `other` elsewhere. */
  where(condition: Tensor, other: Tensor | number): Tensor;
}

/**
 * The methods of a tensor. Names are PyTorch's in camelCase and mean what https://pytorch.org/docs/stable/tensors.html says; nearly each
 * is a function of the same name too. Binary ones broadcast and promote dtypes as PyTorch does. Names that end in `_` change the tensor in
 * place.
 */
export interface TensorMethods
  extends MethodsOf<Omit<Functions, keyof OwnForms | "var_">>,
    MethodsOf<OnlyMethods>,
    InPlaceOf<Pick<Functions, InPlaceName>>,
    OwnForms {}

declare module "../tensor/tensor.ts" {
  interface Tensor extends TensorMethods {}
}
