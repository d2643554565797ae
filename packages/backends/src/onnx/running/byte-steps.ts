import type { AnyLowering, Value } from "@kindling/onnx/lowering";

/** Arithmetic that makes floats of bytes: one number after the other. */
export interface ByteSteps {
  readonly kinds: readonly StepKind[];
  readonly numbers: readonly number[];
}

type StepKind = "Div" | "Mul" | "Sub" | "Add";

const COMPUTE: Readonly<Record<StepKind, (x: number, value: number) => number>> = {
  Add: (x, value) => x + value,
  Div: (x, value) => x / value,
  Mul: (x, value) => x * value,
  Sub: (x, value) => x - value,
};

const found = new WeakMap<Float32Array, ByteSteps | null>();

/** The steps that give every float of `table` bit for bit; null where none of the few forms does that are tried. */
export function stepsFor(table: Float32Array): ByteSteps | null {
  let steps = found.get(table);
  if (steps === undefined) {
    steps = search(table);
    found.set(table, steps);
  }
  return steps;
}

function search(table: Float32Array): ByteSteps | null {
  for (const steps of candidates(table)) if (gives(steps, table)) return steps;
  return null;
}

/** Straight lines through the table: `x`, `x / a`, `x a`, `x / a - b`, `x a + b`, and what Normalize does, `(x / 255 - m) / s`. */
function* candidates(table: Float32Array): Generator<ByteSteps> {
  const [first, last] = [table[0] as number, table[255] as number];
  if (!Number.isFinite(first) || !Number.isFinite(last)) return;
  const slope = (last - first) / 255;
  yield { kinds: [], numbers: [] };
  for (const divisor of around(1 / slope)) {
    yield { kinds: ["Div"], numbers: [divisor] };
    yield { kinds: ["Div", "Sub"], numbers: [divisor, -first] };
  }
  for (const factor of around(slope)) {
    yield { kinds: ["Mul"], numbers: [factor] };
    yield { kinds: ["Mul", "Add"], numbers: [factor, first] };
  }
  for (const scale of around(1 / (last - first))) {
    for (const shift of around(-first * scale)) yield { kinds: ["Div", "Sub", "Div"], numbers: [255, shift, scale] };
  }
}

/** The single-precision number next to `value`, and a few more on both sides. */
function* around(value: number): Generator<number> {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  const middle = bits[0] as number;
  for (let distance = 0; distance <= 12; distance++) {
    for (const side of distance === 0 ? [0] : [distance, -distance]) {
      bits[0] = middle + side;
      const near = new Float32Array(bits.buffer)[0] as number;
      if (Number.isFinite(near) && near !== 0) yield near;
    }
  }
}

function gives({ kinds, numbers }: ByteSteps, table: Float32Array): boolean {
  for (let byte = 255; byte >= 0; byte--) {
    let x = byte;
    for (let i = 0; i < kinds.length; i++) {
      x = Math.fround(COMPUTE[kinds[i] as StepKind](x, Math.fround(numbers[i] as number)));
    }
    if (!Object.is(x, table[byte])) return false;
  }
  return true;
}

/** Bytes as floats, after the steps that the attributes name. */
const affineBytes: AnyLowering = (graph, inputs, { kinds, numbers }) => {
  const { x } = inputs as { x: Value };
  let out = graph.node("Cast", [x], { to: 1 });
  const values = numbers as readonly number[];
  for (const [i, kind] of String(kinds).split(" ").filter(Boolean).entries()) {
    out = graph.node(kind, [out, graph.scalar(values[i] as number, "float32")]);
  }
  return [out];
};

/** Kernels of this device alone. */
export const ownKernels: ReadonlyMap<string, AnyLowering> = new Map([["AffineBytes", affineBytes]]);
