import { device } from "@kindling/backends";
import { noGrad, rand, type Tensor } from "@kindling/core";
import { contestantOptions } from "../run/contestant-options.ts";
import { report } from "../run/report.ts";
import { stopwatch } from "../run/stopwatch.ts";

// `x + y` in four ways, one after the other.

const SIZES = [1, 1000, 100_000];

const { device: name, epochs } = contestantOptions();
const target = await device(name);

for (const size of SIZES) {
  const calls = size > 10_000 ? 500 : 5000;
  const ways = waysFor(size);
  const names = Object.keys(ways) as (keyof typeof ways)[];
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const micros = names.map((way) => [way, microseconds(ways[way], calls)] as const);
    if (epoch > 0) report({ size, ...Object.fromEntries(micros) });
  }
}

function waysFor(size: number) {
  const [x, y] = [rand([size]).to(target), rand([size]).to(target)];
  const [a, b] = [rand([size]).to(target).requiresGrad_(), rand([size]).to(target).requiresGrad_()];
  const ones = rand([size]).to(target);
  const spec = { shape: [size], dtype: "float32" } as const;
  const operand = (t: Tensor) => ({ handle: target.upload(t.dataSync(), spec.shape, spec.dtype), ...spec });
  const inputs = { a: operand(x), b: operand(y) };
  return {
    kernel() {
      for (const handle of target.run("add", inputs, {}, [spec])) target.free(handle);
    },
    op: () => noGrad(() => x.add(y)).dispose(),
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

function microseconds(call: () => void, calls: number): number {
  const elapsed = stopwatch();
  for (let i = 0; i < calls; i++) call();
  return (elapsed().cpuSeconds / calls) * 1e6;
}
