import { numel, type Shape } from "../base/shape.ts";
import { contiguous, type Layout, reshaped } from "./layout.ts";

// The steps that lead from a tensor to a view of it: data, which the kernels, the derivatives and the layout read. A view in another shape
// needs no step: the elements are the same in the same order. So a step says of which shape it is taken.

interface Taken {
  /** The shape that the step is taken of. */
  readonly from: Shape;
  /** The shape of the result. */
  readonly to: Shape;
}

/** Every `stride`-th element of dimension `dim` from `start` on; there are `to[dim]` of them. */
export interface SliceStep extends Taken {
  readonly kind: "slice";
  readonly dim: number;
  readonly start: number;
  readonly stride: number;
}

/** Dimension `i` of the result is dimension `order[i]`. */
export interface PermuteStep extends Taken {
  readonly kind: "permute";
  readonly order: readonly number[];
}

/** Dimensions of size 1 repeated, and new ones in front. */
export interface ExpandStep extends Taken {
  readonly kind: "expand";
}

/** The elements at `[i, i + offset]` of two dimensions, which become one at the end. */
export interface DiagonalStep extends Taken {
  readonly kind: "diagonal";
  readonly offset: number;
  readonly dim1: number;
  readonly dim2: number;
}

/** Windows of dimension `dim`, `stride` apart; their elements are a new dimension at the end. */
export interface UnfoldStep extends Taken {
  readonly kind: "unfold";
  readonly dim: number;
  readonly stride: number;
}

/** Several steps as one, by where they lead: of elements that lie row by row. */
export interface StridedStep extends Taken {
  readonly kind: "strided";
  readonly offset: number;
  readonly strides: readonly number[];
}

export type ViewStep = SliceStep | PermuteStep | ExpandStep | DiagonalStep | UnfoldStep | StridedStep;

type StepKind = ViewStep["kind"];
type StepOf<Kind extends StepKind> = Extract<ViewStep, { kind: Kind }>;

/** Where the elements of a step are, from where those of the tensor are that it is taken of. */
const moves: { readonly [Kind in StepKind]: (layout: Layout, step: StepOf<Kind>) => Layout } = {
  slice({ offset, strides }, { to, dim, start, stride }) {
    const own = strides[dim] ?? 1;
    return {
      offset: offset + start * own,
      shape: to,
      strides: strides.map((value, i) => (i === dim ? value * stride : value)),
    };
  },
  permute: ({ offset, strides }, { to, order }) => ({
    offset,
    shape: to,
    strides: order.map((dim) => strides[dim] as number),
  }),
  expand({ offset, strides }, { from, to }) {
    const front = to.length - from.length;
    return {
      offset,
      shape: to,
      strides: to.map((size, i) => (i < front || size !== from[i - front] ? 0 : (strides[i - front] as number))),
    };
  },
  diagonal({ offset, strides }, { to, offset: by, dim1, dim2 }) {
    const [rows, columns] = [strides[dim1] as number, strides[dim2] as number];
    // Nothing is read from an empty diagonal, wherever it would begin.
    const begin = to.at(-1) === 0 ? 0 : by >= 0 ? by * columns : -by * rows;
    const rest = strides.filter((_, i) => i !== dim1 && i !== dim2);
    return { offset: offset + begin, shape: to, strides: [...rest, rows + columns] };
  },
  unfold({ offset, strides }, { to, dim, stride }) {
    const own = strides[dim] ?? 1;
    return { offset, shape: to, strides: [...strides.map((value, i) => (i === dim ? value * stride : value)), own] };
  },
  strided: (_, { to, offset, strides }) => ({ offset, shape: to, strides }),
};

/** The steps of a path as one. */
export function asOneStep(path: readonly ViewStep[]): StridedStep {
  const { offset, shape, strides } = layoutOf(path);
  return { kind: "strided", from: (path[0] as ViewStep).from, to: shape, offset, strides };
}

/** The layout of a step's result. */
export function afterStep<Kind extends StepKind>(layout: Layout, step: StepOf<Kind>): Layout {
  const move: (layout: Layout, step: StepOf<Kind>) => Layout = moves[step.kind as Kind];
  // Where it was taken in another shape, that was a view too, so it has strides.
  return move(reshaped(layout, step.from) as Layout, step);
}

/** The layout at the end of a path that begins at a tensor whose elements lie row by row. */
export function layoutOf(path: readonly ViewStep[]): Layout {
  let layout = contiguous((path[0] as ViewStep).from);
  for (const step of path) layout = afterStep(layout, step);
  return layout;
}

/** For each element of the result, row by row, where it is among the elements that the step is taken of. */
export function placesOf(step: ViewStep): Int32Array {
  const { offset, shape, strides } = afterStep(contiguous(step.from), step);
  const places = new Int32Array(numel(shape)).fill(offset);
  let apart = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const [size, stride] = [shape[dim] as number, strides[dim] as number];
    for (let i = 0; i < places.length; i++) {
      places[i] = (places[i] as number) + (Math.floor(i / apart) % size) * stride;
    }
    apart *= size;
  }
  return places;
}
