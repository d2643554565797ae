import type { Attributes, KernelOverride, TensorSpec, TfjsRunner } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute, sizeOf } from "../compute.ts";

// Whole numbers and bools moved as such. The backend's shaders read everything as floats, in which whole numbers are exact below 2^24
// only (4.22, getInputSnippet in webgpu_program.js), or do not compile for them (transpose_webgpu.js).

/** Where element `c` of the output's dimension `i` comes from, as WGSL over `uniforms.p<i>`; and which dimension of the input that is. */
interface Move {
  readonly shape: readonly number[];
  readonly dims?: readonly number[];
  from(c: string, i: number): string;
  /** A number for each dimension. */
  readonly given: readonly number[];
  /** What stands where nothing comes from. */
  readonly fill?: number;
}

function moved(device: Pick<TfjsRunner, "backend">, x: TensorInfo, move: Move): TensorInfo {
  const { shape, given, fill } = move;
  const dims = move.dims ?? shape.map((_, i) => i);
  const uniforms: Record<string, number> = { fill: fill ?? 0 };
  shape.forEach((_, i) => {
    const dim = dims[i] as number;
    uniforms[`to${i}`] = sizeOf(shape.slice(i + 1));
    uniforms[`step${i}`] = sizeOf(x.shape.slice(dim + 1));
    uniforms[`size${i}`] = x.shape[dim] as number;
    uniforms[`p${i}`] = given[i] as number;
  });
  const lines = shape.map(
    (_, i) => `let c${i} = rest / uniforms.to${i}; rest = rest % uniforms.to${i};
      let from${i} = ${move.from(`c${i}`, i)};
      inside = inside && from${i} >= 0 && from${i} < uniforms.size${i};
      at += from${i} * uniforms.step${i};`,
  );
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      var rest = index;
      var at = 0;
      var inside = true;
      ${lines.join("\n")}
      if (inside) { result[index] = x[at]; } else { result[index] = uniforms.fill; }
    }`;
  return compute(device, { inputs: { x }, shape, dtype: x.dtype, uniforms, code });
}

function mover(
  name: string,
  moveOf: (x: TensorInfo, attrs: Attributes, shape: readonly number[]) => Move,
): KernelOverride {
  return (device, inputs, attrs, outs) => {
    const { x } = inputs as { x: TensorInfo };
    if (x.dtype === "float32" || x.shape.length === 0) return device.runNative(name, inputs, attrs);
    return [moved(device, x, moveOf(x, attrs, (outs[0] as TensorSpec).shape))];
  };
}

export const transpose = mover("Transpose", (x, attrs) => {
  const dims = attrs.perm as readonly number[];
  return { shape: dims.map((dim) => x.shape[dim] as number), dims, given: dims, from: (c) => c };
});

export const slice = mover("Slice", (_, attrs, shape) => ({
  shape,
  given: attrs.begin as readonly number[],
  from: (c, i) => `${c} + uniforms.p${i}`,
}));

export const tile = mover("Tile", (x, attrs) => ({
  shape: x.shape.map((size, i) => size * ((attrs.reps as readonly number[])[i] as number)),
  given: x.shape,
  from: (c, i) => `${c} % uniforms.p${i}`,
}));

export const reverse = mover("Reverse", (x, attrs) => ({
  shape: x.shape,
  given: x.shape.map((_, i) => ((attrs.dims as readonly number[]).includes(i) ? 1 : 0)),
  from: (c, i) => `select(${c}, uniforms.size${i} - 1 - ${c}, uniforms.p${i} == 1)`,
}));

export const padV2 = mover("PadV2", (_, attrs, shape) => ({
  shape,
  given: (attrs.paddings as readonly (readonly number[])[]).map(([before]) => before as number),
  from: (c, i) => `${c} - uniforms.p${i}`,
  fill: Number(attrs.constantValue),
}));

/** Side by side along one dimension, two at a time. */
export const concat: KernelOverride = (device, inputs, attrs) => {
  const parts = inputs as TensorInfo[];
  const [first] = parts as [TensorInfo];
  if (first.dtype === "float32" || parts.length === 1) return device.runNative("Concat", inputs, attrs);
  const axis = attrs.axis as number;
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let row = index / (uniforms.na + uniforms.nb);
      let column = index % (uniforms.na + uniforms.nb);
      if (column < uniforms.na) { result[index] = a[row * uniforms.na + column]; }
      else { result[index] = b[row * uniforms.nb + column - uniforms.na]; }
    }`;
  const joined = parts
    .filter((part) => sizeOf(part.shape) > 0)
    .reduce((a, b) => {
      const shape = a.shape.map((size, i) => (i === axis ? size + (b.shape[i] as number) : size));
      const uniforms = { na: sizeOf(a.shape.slice(axis)), nb: sizeOf(b.shape.slice(axis)) };
      const out = compute(device, { inputs: { a, b }, shape, dtype: first.dtype, uniforms, code });
      if (!parts.includes(a)) device.release(a);
      return out;
    });
  return parts.includes(joined) ? device.runNative("Identity", { x: joined }, {}) : [joined];
};

/** Rows (or columns, ...) by their numbers. */
export const gatherV2: KernelOverride = (device, inputs, attrs, outs) => {
  const { x, indices } = inputs as { x: TensorInfo; indices: TensorInfo };
  if (x.dtype === "float32" || Number(attrs.batchDims ?? 0) !== 0) return device.runNative("GatherV2", inputs, attrs);
  const { shape } = outs[0] as TensorSpec;
  const axis = attrs.axis as number;
  const uniforms = {
    n: x.shape[axis] as number,
    inner: sizeOf(x.shape.slice(axis + 1)),
    count: sizeOf(indices.shape),
  };
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let row = index / uniforms.inner;
      let place = indices[row % uniforms.count];
      result[index] = x[(row / uniforms.count * uniforms.n + place) * uniforms.inner + index % uniforms.inner];
    }`;
  return [compute(device, { inputs: { x, indices }, shape, dtype: x.dtype, uniforms, code })];
};

/** Of two, the one that the condition names. */
export const select: KernelOverride = (device, inputs, attrs) => {
  const { condition, t, e } = inputs as { condition: TensorInfo; t: TensorInfo; e: TensorInfo };
  const isOneShape = sizeOf(condition.shape) === sizeOf(t.shape);
  if (t.dtype === "float32" || e.dtype !== t.dtype || !isOneShape) return device.runNative("Select", inputs, attrs);
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      result[index] = select(other[index], chosen[index], condition[index] != 0);
    }`;
  const all = { condition, chosen: t, other: e };
  return [compute(device, { inputs: all, shape: t.shape, dtype: t.dtype, uniforms: {}, code })];
};
