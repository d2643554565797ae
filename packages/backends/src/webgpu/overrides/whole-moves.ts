import type { AttributesOf, Infos, KernelOverride, TensorSpec, TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { compute } from "../compute.ts";

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
    uniforms[`to${i}`] = numel(shape.slice(i + 1));
    uniforms[`step${i}`] = numel(x.shape.slice(dim + 1));
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

type Mover = "flip" | "pad" | "permute" | "slice" | "tile";

function mover<K extends Mover>(
  name: K,
  moveOf: (x: TensorInfo, attrs: AttributesOf<K>, shape: readonly number[]) => Move,
): KernelOverride<K> {
  return (device, inputs, attrs, outs) => {
    const { x } = inputs as Infos<Mover>;
    if (x.dtype === "float32" || x.shape.length === 0) return device.runNative(name, inputs, attrs, outs);
    return [moved(device, x, moveOf(x, attrs, (outs[0] as TensorSpec).shape))];
  };
}

export const permute = mover("permute", (x, { dims }) => ({
  shape: dims.map((dim) => x.shape[dim] as number),
  dims,
  given: dims,
  from: (c) => c,
}));

export const slice = mover("slice", (_, { begin }, shape) => ({
  shape,
  given: begin,
  from: (c, i) => `${c} + uniforms.p${i}`,
}));

export const tile = mover("tile", (x, { repeats }) => ({
  shape: x.shape.map((size, i) => size * (repeats[i] as number)),
  given: x.shape,
  from: (c, i) => `${c} % uniforms.p${i}`,
}));

export const flip = mover("flip", (x, { dims }) => ({
  shape: x.shape,
  given: x.shape.map((_, i) => (dims.includes(i) ? 1 : 0)),
  from: (c, i) => `select(${c}, uniforms.size${i} - 1 - ${c}, uniforms.p${i} == 1)`,
}));

export const pad = mover("pad", (_, { padding, value }, shape) => ({
  shape,
  given: padding.map(([before]) => before),
  from: (c, i) => `${c} - uniforms.p${i}`,
  fill: value,
}));

/** Side by side along one dimension, two at a time. */
export const cat: KernelOverride<"cat"> = (device, parts, attrs, outs) => {
  const [first] = parts as readonly [TensorInfo];
  if (first.dtype === "float32" || parts.length === 1) return device.runNative("cat", parts, attrs, outs);
  const { dim } = attrs;
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let row = index / (uniforms.na + uniforms.nb);
      let column = index % (uniforms.na + uniforms.nb);
      if (column < uniforms.na) { result[index] = a[row * uniforms.na + column]; }
      else { result[index] = b[row * uniforms.nb + column - uniforms.na]; }
    }`;
  const joined = parts
    .filter((part) => numel(part.shape) > 0)
    .reduce((a, b) => {
      const shape = a.shape.map((size, i) => (i === dim ? size + (b.shape[i] as number) : size));
      const uniforms = { na: numel(a.shape.slice(dim)), nb: numel(b.shape.slice(dim)) };
      const out = compute(device, { inputs: { a, b }, shape, dtype: first.dtype, uniforms, code });
      if (!parts.includes(a)) device.release(a);
      return out;
    });
  return parts.includes(joined) ? device.runTfjs("Identity", { x: joined }, {}) : [joined];
};

/** Rows by their numbers. */
export const take: KernelOverride<"take"> = (device, { x, index: indices }, attrs, outs) => {
  if (x.dtype === "float32") return device.runNative("take", { x, index: indices }, attrs, outs);
  const { shape } = outs[0] as TensorSpec;
  const uniforms = { inner: numel(x.shape.slice(1)) };
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let place = indices[index / uniforms.inner];
      result[index] = x[place * uniforms.inner + index % uniforms.inner];
    }`;
  return [compute(device, { inputs: { x, indices }, shape, dtype: x.dtype, uniforms, code })];
};

/** Of two, the one that the condition names. */
export const where: KernelOverride<"where"> = (device, inputs, attrs, outs) => {
  const { condition, a, b } = inputs;
  const isOneShape = numel(condition.shape) === numel(a.shape);
  if (a.dtype === "float32" || b.dtype !== a.dtype || !isOneShape)
    return device.runNative("where", inputs, attrs, outs);
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      result[index] = select(other[index], chosen[index], condition[index] != 0);
    }`;
  const all = { condition, chosen: a, other: b };
  return [compute(device, { inputs: all, shape: a.shape, dtype: a.dtype, uniforms: {}, code })];
};
