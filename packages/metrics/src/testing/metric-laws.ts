import { cpu, type Device, isTensor, memory, scope } from "@kindling/core";
import { expectDamageRefused } from "@kindling/core/testing";
import { describe, expect, test } from "vitest";
import type { Metric } from "../metric.ts";

/** An example of a metric. */
export interface MetricLaws<Inputs extends readonly unknown[], Value> {
  readonly make: () => Metric<Inputs, Value>;
  /** The inputs of some updates, made anew each time. */
  readonly batches: () => Inputs[];
  /** The value after all of them. */
  readonly expected: Value;
  /** The value as numbers; default: the value itself. */
  readonly numbers?: (value: Value) => unknown;
}

/** The laws of every metric. */
export function metricLaws<Inputs extends readonly unknown[], Value>(
  name: string,
  laws: MetricLaws<Inputs, Value>,
): void {
  const { make, batches, numbers = (value: Value) => value } = laws;
  const expected = close(numbers(laws.expected));
  const value = async (metric: Metric<Inputs, Value>) => numbers(await metric.compute());

  describe(`${name} keeps the laws of metrics`, () => {
    test("update gathers, compute gives the value, again and again", async () => {
      const metric = make();
      for (const inputs of batches()) metric.update(...inputs);
      expect(await value(metric)).toEqual(expected);
      expect(await value(metric)).toEqual(expected);
    });

    test("the order of batches does not matter", async () => {
      const metric = make();
      for (const inputs of batches().reverse()) metric.update(...inputs);
      expect(await value(metric)).toEqual(expected);
    });

    test("compute in between changes nothing", async () => {
      const metric = make();
      for (const inputs of batches()) {
        metric.update(...inputs);
        await metric.compute();
      }
      expect(await value(metric)).toEqual(expected);
    });

    test("reset forgets everything and gives all memory back", async () => {
      const metric = make();
      const all = batches();
      const round = async () => {
        for (const inputs of all) metric.update(...inputs);
        const found = await value(metric);
        metric.reset();
        return found;
      };
      expect(await round()).toEqual(expected); // the inputs are on their device now
      const before = memory().tensors;
      expect(await round()).toEqual(expected);
      expect(memory().tensors).toBe(before);
    });

    test("what it keeps survives the scope of the step, and nothing else does", async () => {
      const metric = make();
      const before = memory().tensors;
      const steps = batches().length;
      for (let i = 0; i < steps; i++) scope(() => metric.update(...(batches()[i] as Inputs)));
      expect(memory().tensors - before).toBeLessThanOrEqual(2 * steps);
      expect(await value(metric)).toEqual(expected);
      metric.reset();
      expect(memory().tensors).toBe(before);
    });

    test("changing the inputs afterwards changes nothing", async () => {
      const metric = make();
      for (const inputs of batches()) {
        metric.update(...inputs);
        for (const input of inputs) if (isTensor(input)) input.fill_(0);
      }
      expect(await value(metric)).toEqual(expected);
    });

    test("update does not read the device, and compute reads it once", async () => {
      const device = new CountingDevice();
      const metric = make();
      for (const inputs of batches()) {
        // `map` forgets that the inputs are a tuple.
        metric.update(...(inputs.map((input) => (isTensor(input) ? input.to(device) : input)) as unknown as Inputs));
      }
      expect(device.reads).toBe(0);
      expect(await value(metric)).toEqual(expected);
      expect(device.reads).toBeLessThanOrEqual(2);
      metric.reset();
    });

    test("goes on from its state in another program", async () => {
      const [first, ...rest] = batches();
      const metric = make();
      if (first !== undefined) metric.update(...first);
      const other = make();
      other.loadStateDict(JSON.parse(JSON.stringify(await metric.stateDict())));
      for (const inputs of rest) other.update(...inputs);
      expect(await value(other)).toEqual(expected);
    });

    test("a damaged state is refused with a typed error, and changes nothing", async () => {
      const gathered = (inputs: readonly Inputs[]) => {
        const metric = make();
        for (const each of inputs) metric.update(...each);
        return metric;
      };
      await expectDamageRefused<Metric<Inputs, Value>>({
        make: () => gathered(batches().slice(0, 1)),
        state: await gathered(batches()).stateDict(),
        use: async (metric) => {
          for (const inputs of batches()) metric.update(...inputs);
          await metric.compute();
        },
      });
    });
  });
}

/** The cpu device, as one that cannot be read without waiting, and counts how often it is. */
class CountingDevice implements Device {
  readonly name = "counting";
  reads = 0;
  upload: Device["upload"] = (...given) => cpu.upload(...given);
  run: Device["run"] = (...given) => cpu.run(...given);
  free: Device["free"] = (handle) => cpu.free(handle);

  download(handle: object): ReturnType<Device["download"]> {
    this.reads++;
    return cpu.download(handle);
  }
}

/** Numbers to ten digits. */
function close(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, 10);
  if (Array.isArray(value)) return value.map(close);
  return value;
}
