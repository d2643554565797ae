/**
 * Every error of Kindling: where it happened, the rule (in PyTorch's words where PyTorch has them), what came, and the
 * way out. `message` is `op: rule: got. wayOut`, or `op: Rule. Got. wayOut` where the rule is whole sentences.
 */
export class KindlingError extends Error {
  override readonly name: string = "KindlingError";
  readonly op: string;

  constructor(op: string, rule: string, got = "", wayOut = "") {
    const said = got === "" ? rule : /[.!?]$/.test(rule) ? `${rule} ${sentence(got)}` : `${rule}: ${got}`;
    const stop = /[.!?]\s*$/.test(said) ? " " : ". ";
    super(`${op}: ${said}${wayOut === "" ? "" : stop + wayOut}`);
    this.op = op;
  }
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Shapes that do not fit each other or the operation. */
export class ShapeError extends KindlingError {
  override readonly name = "ShapeError";
}

/** A dtype that the operation does not take, or a conversion that would lose what it must not. */
export class DTypeError extends KindlingError {
  override readonly name = "DTypeError";
}

/** Tensors on different devices, an unknown device, or one that cannot do what was asked. */
export class DeviceError extends KindlingError {
  override readonly name = "DeviceError";
}

/** A dimension or an index outside its range. */
export class IndexOutOfRangeError extends KindlingError {
  override readonly name = "IndexOutOfRangeError";
}

/** An argument whose value makes no sense. */
export class ValueError extends KindlingError {
  override readonly name = "ValueError";
}

/** An argument of the wrong kind: an array where a tensor belongs. PyTorch's `TypeError`. */
export class ArgumentTypeError extends KindlingError {
  override readonly name = "ArgumentTypeError";
}

/** A misuse of the graph: no graph, a second backward, an in-place change of something saved. */
export class AutogradError extends KindlingError {
  override readonly name = "AutogradError";
}

/** A tensor whose memory was given back, by `dispose()` or at the end of its scope. */
export class FreedTensorError extends KindlingError {
  override readonly name = "FreedTensorError";
}
