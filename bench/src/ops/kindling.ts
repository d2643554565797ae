import { device } from "@kindling/backends";
import { noGrad, rand, scope } from "@kindling/core";
import { contestantOptions } from "../run/contestant-options.ts";
import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";

// `x + y` in several ways, one after the other.

const SIZES = [1, 1000, 100_000];

/** Ops in a block. */
const BLOCK = 100;

const { device: name, epochs } = contestantOptions();
const target = await device(name);

for (const size of SIZES) {
  const calls = size > 10_000 ? 500 : 5000;
  const ways = waysFor(size);
  const names = (Object.keys(ways) as (keyof typeof ways)[]).filter((way) => way !== "kernel" || works(ways.kernel));
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const micros = names.map((way) => {
      const ops = way === "block" ? BLOCK : 1;
      return [way, microseconds(ways[way], calls / ops) / ops] as const;
    });
    if (epoch > 0) report({ size, ...Object.fromEntries(micros) });
  }
}

function waysFor(size: number) {
  const [x, y] = [rand([size]).to(target), rand([size]).to(target)];
  const [a, b] = [rand([size]).to(target).requiresGrad_(), rand([size]).to(target).requiresGrad_()];
  const ones = rand([size]).to(target);
  const spec = { shape: [size], dtype: "float32" } as const;
  const values = Float32Array.from({ length: size }, Math.random);
  const operand = () => ({ handle: target.upload(values.slice(), spec.shape, spec.dtype), ...spec });
  const inputs = { a: operand(), b: operand() };
  return {
    kernel() {
      for (const handle of target.run("add", inputs, {}, [spec])) target.free(handle);
    },
    op: () => noGrad(() => x.add(y)).dispose(),
    scoped: () => {
      scope(() => {
        x.add(y);
      });
    },
    block() {
      using _ = scope();
      for (let i = 0; i < BLOCK; i++) x.add(y);
    },
    recorded: () => a.add(b).dispose(),
    backward() {
      const out = a.add(b);
      out.backward({ gradient: ones });
      out.dispose();
      for (const leaf of [a, b]) {
        leaf.grad?.dispose();
        leaf.grad = null;
      }
    },
  };
}

/** Kernels have other names in checkouts that this one is compared with: those are measured without. */
function works(way: () => void): boolean {
  try {
    way();
    return true;
  } catch {
    return false;
  }
}

function microseconds(call: () => void, calls: number): number {
  const elapsed = stopwatch();
  for (let i = 0; i < calls; i++) call();
  return (elapsed().cpuSeconds / calls) * 1e6;
}
