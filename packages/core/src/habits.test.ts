import { describe, expect, test } from "vitest";
import {
  ArgumentTypeError,
  add,
  cat,
  cpu,
  type Device,
  empty,
  enableGrad,
  exp,
  fromBuffer,
  full,
  Generator,
  inferenceMode,
  matmul,
  noGrad,
  ones,
  pad,
  permute,
  rand,
  randint,
  randn,
  randperm,
  reshape,
  scope,
  setGradEnabled,
  stack,
  sum,
  Tensor,
  tensor,
  zeros,
} from "./index.ts";

// What people who know PyTorch write, and what answers them.

/** As plain JavaScript calls. */
const untyped = <T>(value: T): never => value as never;
const x = (): Tensor => tensor([[1, 2]]);

test("what is not a tensor", () => {
  expect(() => exp(untyped([1, 2, 3]))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: exp: exp(): argument 'input' (position 1) must be Tensor, not list. Make one: tensor([...]).]`,
  );
  expect(() => x().add(untyped(undefined))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: add: add(): argument 'other' (position 2) must be Tensor, not NoneType. Make one: tensor([...]).]`,
  );
  expect(() => sum(untyped("abc"))).toThrow("argument 'input' (position 1) must be Tensor, not str");
  expect(() => matmul(x(), untyped(3))).toThrow("(position 2) must be Tensor, not int. Make one: tensor(3).");
  expect(() => add(x(), untyped(new Float32Array(2)))).toThrow(
    "must be Tensor, not Float32Array. Make one: tensor(array)",
  );
  expect(() => exp(untyped(x().cpu()))).toThrow("must be Tensor, not Promise. Await it first.");
  expect(() => exp(untyped([x()]))).toThrow("Join them: stack([...]) or cat([...]).");
  expect(() => x().eq(untyped("1"))).toThrow(ArgumentTypeError);
  expect(() => cat(untyped(x()))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: cat: cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor. Put them in an array: cat([a, b]).]`,
  );
  expect(() => stack(untyped([x(), [1, 2]]))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: stack: expected Tensor as element 1 in argument 0, but got list. Make one: tensor([...]).]`,
  );
});

test("something else in the place of options", () => {
  expect(() => x().sum(0, untyped(true))).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: sum: sum() takes its options as an object: got true. Write { keepdim: true }. Its options are: keepdim, dtype.]`,
  );
  expect(() => zeros([2], untyped("int32"))).toThrow('got "int32". Write { dtype: "int32" }.');
  expect(() => zeros([2], untyped(cpu))).toThrow("takes its options as an object: got a ");
  expect(() => rand([2], untyped(x()))).toThrow("takes its options as an object: got a Tensor");
  // It has no fields of its own: it was taken for no options.
  expect(() => randperm(3, untyped(new Generator(3)))).toThrow("takes its options as an object: got a Generator");
  class Options {
    dtype = "int32" as const;
  }
  expect(zeros([2], new Options()).dtype).toBe("int32");
  expect(zeros([2], Object.create(null)).dtype).toBe("float32");
});

test("sizes one by one", () => {
  const call = (make: (...sizes: never[]) => unknown, ...sizes: unknown[]) => make(...(sizes as never[]));
  expect(() => call(zeros, 2, 3)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: zeros: zeros(): argument 'size' (position 1) must be tuple of ints, not int. Sizes are one array: [2, 3].]`,
  );
  for (const make of [empty, ones, rand, randn]) {
    expect(() => call(make, 2, 3)).toThrow("Sizes are one array: [2, 3].");
    expect(() => call(make, 3)).toThrow("Sizes are one array: [3].");
    expect(() => call(make)).toThrow("must be tuple of ints, not NoneType. Sizes are one array: [2, 3].");
  }
  expect(() => call(full, 2, 1)).toThrow("Sizes are one array: [2].");
  expect(() => call(randint, 0, 10, 2)).toThrow("(position 3) must be tuple of ints, not int");
  expect(() => call(fromBuffer, new Float32Array(2), 2)).toThrow("from_buffer(): argument 'size' (position 2)");
});

test("a dimension as an option", () => {
  expect(() => x().sum(untyped({ dim: 1 }))).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: sum: sum() got an unexpected keyword argument 'dim'. A dimension is an argument of its own, before the options. Its options are: keepdim, dtype.]`,
  );
  expect(() => x().argmax(untyped({ axis: 1 }))).toThrow("A dimension is an argument of its own");
});

test("a mode without a function", () => {
  expect(() => noGrad(untyped(undefined))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: noGrad: noGrad takes a function: got nothing. Write noGrad(() => net(x)).]`,
  );
  expect(() => enableGrad(untyped(x()))).toThrow("enableGrad takes a function: got a Tensor.");
  expect(() => inferenceMode(untyped(x()))).toThrow("inferenceMode takes a function: got a Tensor.");
  expect(() => setGradEnabled(true, untyped(x()))).toThrow("setGradEnabled takes a function: got a Tensor.");
  expect(() => setGradEnabled(untyped(1), x)).toThrow("enabled must be a bool (got int)");
});

test("a device by its name", () => {
  expect(() => x().to(untyped("wasm"))).toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: to: a device is an object, not a name: got "wasm". Write x.to(await device("wasm")); device is exported by @kindling/backends.]`,
  );
  expect(() => x().to(untyped("cpu"))).toThrow("Write x.to(cpu); cpu is exported by @kindling/core.");
  for (const gpu of ["cuda", "cuda:0", "mps"]) {
    expect(() => x().to(untyped(gpu))).toThrow(
      `got "${gpu}". A GPU is reached through device("webgpu") or device("webgl") in a page, and through device("tensorflow") with CUDA, or device("webgpu"), in Node. x.to(await device("auto"))`,
    );
  }
  expect(() => x().to(untyped(Promise.resolve(cpu)))).toThrow(
    'got a promise. device() is asynchronous: x.to(await device("auto")).',
  );
  expect(() => zeros([2], { device: untyped("cuda") })).toThrow("zeros: a device is an object, not a name");
  expect(() => x().to(untyped("somewhere"))).toThrow(
    '("float64", "float32", "bfloat16", "float16", "int64", "int32", "int16", "int8", "uint8", "bool") or a device',
  );
});

test("PyTorch's names of what is called otherwise", () => {
  const call = (name: string): unknown => (x() as unknown as Record<string, () => unknown>)[name]?.();
  expect(() => call("numpy")).toThrowErrorMatchingInlineSnapshot(
    `[KindlingError: Tensor: 'Tensor' object has no attribute 'numpy()'. Write await x.toTypedArray(), a typed array, or await x.toList(), nested arrays.]`,
  );
  expect(() => call("cuda")).toThrow('Write x.to(await device("auto"))');
  expect(() => call("ndimension")).toThrow("Write x.ndim.");
  expect(() => call("index_select")).toThrow("Write indexSelect().");
  // Assigned in vain, it would be a field that nobody reads.
  expect(() => Object.assign(x(), { requires_grad: true })).toThrow("Write requiresGrad.");
  // They are in nobody's way.
  expect(Object.keys(Tensor.prototype)).not.toContain("numpy");
  expect(x().size()).toEqual([1, 2]);
});

test("JSON holds the elements, nested", () => {
  expect(JSON.stringify({ x: x(), flags: x().gt(1), n: tensor(3) })).toBe('{"x":[[1,2]],"flags":[[false,true]],"n":3}');
  const unreadable: Device = Object.create(cpu, {
    name: { value: "far" },
    host: { value: undefined },
    downloadSync: { value: undefined },
  });
  const far = x().add(1);
  far.device = unreadable;
  far.storage.host = null;
  expect(() => JSON.stringify(far)).toThrow(
    "the far device cannot be read without waiting. Use the asynchronous form: await t.toList().",
  );
  far.device = cpu;
});

test("operators of JavaScript", () => {
  const y: unknown = x();
  const number = y as number;
  expect(() => number + 1).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: Tensor: a tensor is not a number: JavaScript's operators do not take tensors. Write x.add(1) for x + 1, x.eq(1) for x == 1, String(x) to print; await x.item() gives the number of a single element.]`,
  );
  expect(() => number > 0).toThrow("Write x.mul(2), x.gt(0), ... for x * 2, x > 0, ...; await x.item()");
  expect(() => -number).toThrow(ArgumentTypeError);
  expect(() => Math.max(number, 1)).toThrow(ArgumentTypeError);
  expect(`${y}`).toBe("tensor([[1., 2.]])");
  expect(String(y)).toBe(`${y}`);
});

test("what is not a list where sizes or dimensions stand", () => {
  const given = untyped<unknown>({ size: [2, 1] });
  expect(() => permute(x(), given)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: permute: permute(): argument 'dims' (position 2) must be tuple of ints, not Object. Name every dimension once: [1, 0].]`,
  );
  expect(() => reshape(x(), untyped("2"))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: reshape: reshape(): argument 'shape' (position 2) must be tuple of ints, not str. Sizes are one array: [2, -1].]`,
  );
  expect(() => x().split(untyped(undefined))).toThrow(
    "argument 'split_size' (position 2) must be tuple of ints, not NoneType",
  );
  expect(() => x().view(given)).toThrow("view(): argument 'size' (position 2) must be tuple of ints, not Object");
  expect(() => x().squeeze(given)).toThrow("argument 'dim' must be int, not object");
  expect(x().view(untyped(Int32Array.of(2, 1))).shape).toEqual([2, 1]);
});

describe("what is no whole number where sizes or dimensions stand", () => {
  const calls: Record<string, (...numbers: never[]) => unknown> = {
    reshape: (...numbers) => x().reshape(...numbers),
    view: (...numbers) => x().view(...numbers),
    permute: (...numbers) => x().permute(...numbers),
    flip: (...numbers) => x().flip(...numbers),
    expand: (...numbers) => x().expand(...numbers),
    repeat: (...numbers) => x().repeat(...numbers),
    "reshape as a function": (...numbers) => reshape(x(), ...numbers),
    "permute as a function": (...numbers) => permute(x(), ...numbers),
  };
  const wrong = [1.5, Number.NaN, Number.POSITIVE_INFINITY, undefined, null, "1", true, 1n, Symbol("1"), {}, x(), [1]];

  test.each(Object.entries(calls))("%s", (_, call) => {
    for (const value of wrong) {
      if (!Array.isArray(value)) expect(() => call(untyped(value))).toThrow(/must be tuple of ints, not /);
      expect(() => call(untyped([value, 1]))).toThrow(/must be tuple of ints, but found element of type \w+ at pos 0/);
      expect(() => call(untyped(1), untyped(value))).toThrow(
        /failed to unpack the object at pos 2 with error "type must/,
      );
    }
    expect(() => call(untyped(Float32Array.of(1, 0.5)))).toThrow("type must be tuple of ints,but got float");
    expect(() => call(untyped(BigInt64Array.of(1n, 0n)))).toThrow("found element of type bigint at pos 0");
    expect(() => call(untyped([2 ** 60]))).toThrow('at pos 1 with error "Overflow when unpacking long long"');
  });

  test("where PyTorch takes a list", () => {
    const half = untyped([0.5, 2]);
    for (const call of [() => x().unflatten(1, half), () => x().split(half), () => pad(x(), half)]) {
      expect(call).toThrow("must be tuple of ints, but found element of type float at pos 0");
    }
  });

  test("where a number stands", () => {
    for (const value of [undefined, null, "1", 1n, Symbol("1"), {}, [1], x()]) {
      if (value !== undefined) {
        expect(() => x().uniform_(untyped(value))).toThrow("uniform_(): argument 'from' (position 2) must be Number");
        expect(() => x().normal_(0, untyped(value))).toThrow("normal_(): argument 'std' (position 3) must be Number");
        expect(() => x().bernoulli_(untyped(value))).toThrow("bernoulli_(): argument 'p' (position 2) must be Number");
        expect(() => x().random_(0, untyped(value))).toThrow("random_(): argument 'to' (position 3) must be int");
      }
      if (value instanceof Tensor) continue;
      if (value !== undefined && value !== null) {
        expect(() => x().clamp(0, untyped(value))).toThrow(
          "clamp() received an invalid combination of arguments - got",
        );
      }
      expect(() => x().fill_(untyped(value))).toThrow("fill_() received an invalid combination of arguments - got (");
    }
    expect(() => x().fill_(x())).toThrow(
      "fill_ only supports 0-dimension value tensor but got tensor with 2 dimensions.",
    );
    expect(x().fill_(untyped(true)).toListSync()).toEqual([[1, 1]]);
  });

  test("where one stands", () => {
    expect(() => x().narrow(1, 0, untyped(undefined))).toThrow(
      "narrow(): argument 'length' (position 4) must be int, not NoneType",
    );
    expect(() => x().narrow(1, 0.5, 1)).toThrow("argument 'start' (position 3) must be int, not float");
    expect(() => x().squeeze(untyped(null))).toThrow("argument 'dim' must be int, not NoneType");
    expect(() => x().softmax(untyped({ dim: 1 }))).toThrow("softmax: argument 'dim' must be int, not object");
    expect(() => x().logsumexp(untyped(Symbol("0")))).toThrow("argument 'dim' must be int, not symbol");
  });
});

test("what is no index", () => {
  for (const item of [undefined, {}, [0, true], [[0], [1, 2]], ["0"]]) {
    expect(() => x().index(untyped(item))).toThrow(
      "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got",
    );
  }
  expect(() => x().index(untyped(undefined))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: index: only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got NoneType). None is null here; an array holds numbers or booleans, all of one kind.]`,
  );
  expect(() => x().indexPut_(untyped(0), 1)).toThrow("must be tuple of Tensors, not int");
  for (const indices of [[0], [[0]]]) {
    expect(() => x().indexPut_(indices, untyped("1"))).toThrow("argument 'value' (position 3) must be Number, not str");
  }
});

test("a scope of something else than a function", () => {
  expect(() => scope(untyped(x()))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentTypeError: scope: scope takes a function: got a Tensor. Write scope(() => net(x)).]`,
  );
});
