import { numel, type Shape } from "../base/shape.ts";
import { traits } from "../device/kernels.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { scope } from "../scope/scope.ts";
import { callOp, canRun, type GoldenCase, goldenCases, inputsOf, outputsOf } from "./golden-cases.ts";
import { RecordingDevice } from "./recording-device.ts";

/** A call of an op that computes each element from those at its place, so that it can be made in any shape. */
export interface PointwiseCall {
  readonly call: GoldenCase;
  /** The op, with the dtypes of its inputs and the kinds of its arguments. */
  readonly form: string;
}

/** The golden calls of all ops whose kernels are pointwise, by their traits: one of each form. */
export function pointwiseCalls(): PointwiseCall[] {
  const forms = new Map<string, PointwiseCall>();
  for (const call of goldenCases) {
    const form = formOf(call);
    if (!forms.has(form) && canBeLifted(call) && isPointwise(call)) forms.set(form, { call, form });
  }
  return [...forms.values()];
}

function formOf({ op, inputs, args }: GoldenCase): string {
  const kinds = args.map((arg) => JSON.stringify(arg).replace(/-?\d+(\.\d+)?/g, "n"));
  return `${op}(${[...inputs.map(({ dtype }) => dtype), ...kinds].join(", ")})`;
}

/** In-place ops are made of the others. An input that is a number, or holds nothing, has no elements to repeat. */
function canBeLifted({ op, inputs, list, outputs = [] }: GoldenCase): boolean {
  if (op.endsWith("_") || list === true || outputs.length !== 1 || !canRun({ op }, cpu)) return false;
  return inputs.length > 0 && inputs.every(({ shape }) => shape.length > 0 && numel(shape) > 0);
}

function isPointwise(call: GoldenCase): boolean {
  const recorded = new RecordingDevice(cpu, "recorded");
  const [output] = scope(() => outputsOf(callOp(call, inputsOf(call, recorded), recorded)).map(({ shape }) => shape));
  const { kernels } = recorded;
  const broadcast = broadcastShape(call.inputs.map(({ shape }) => shape));
  return (
    kernels.length > 0 &&
    kernels.every((kernel) => traits[kernel] === "pointwise") &&
    String(output) === String(broadcast)
  );
}

function broadcastShape(shapes: readonly Shape[]): Shape {
  const ndim = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: ndim }, (_, i) => Math.max(...shapes.map((shape) => shape.at(i - ndim) ?? 1)));
}

/** For each element of a tensor of the shape `whole`, the one of `shape` that stands there after broadcasting. */
export function broadcastPlaces(shape: Shape, whole: Shape): Int32Array {
  const places = new Int32Array(numel(whole));
  for (let flat = 0; flat < places.length; flat++) {
    let [rest, stride] = [flat, 1];
    for (let back = 1; back <= whole.length; back++) {
      const size = whole.at(-back) as number;
      const own = shape.length < back ? 1 : (shape.at(-back) as number);
      if (own > 1) places[flat] = (places[flat] as number) + (rest % size) * stride;
      rest = Math.floor(rest / size);
      stride *= own;
    }
  }
  return places;
}
