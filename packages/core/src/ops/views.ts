import { AutogradError } from "../base/errors.ts";
import { formatShape, numel, type Shape } from "../base/shape.ts";
import { isGradEnabled, withGradMode } from "../graph/grad-mode.ts";
import { defineOp, moveGraph, moveOutput, renameGraph } from "../graph/op.ts";
import { closeFrame, made, openFrame } from "../scope/temporaries.ts";
import { arrayLike, type HostContent, type HostElements, windowOf } from "../storage/host-elements.ts";
import { contiguous, copyElements, isContiguous, type Layout, repeats, reshaped } from "../storage/layout.ts";
import { type Shown, Storage } from "../storage/memory.ts";
import { asOneStep, type ViewStep } from "../storage/view-step.ts";
import { Tensor, type View } from "../tensor/tensor.ts";
import { reshape } from "./broadcast.ts";
import { addedBack, readStep, writeStep, writtenOnHost } from "./view-steps.ts";

// Views share memory: what is written to a tensor, all its views show, and what is written to a view, its base and all its other views.
// Device memory is never written twice, so a write makes a new base; views compute what they show when they are read (decision 25).

interface ViewAttrs {
  /** The function, as PyTorch's node is named after it: `SelectBackward0`. */
  readonly name: string;
  /** Null where only the shape changes. */
  readonly step: ViewStep | null;
  readonly shape: Shape;
}

const viewOp = defineOp<ViewAttrs>("view", {
  forward: ([x], attrs) => showing(x as Tensor, attrs),
  backward: (grad, { attrs: { step }, shapes: [shape] }) => [
    reshape(step === null ? grad : addedBack(reshape(grad, step.to), step), shape as Shape),
  ],
  gradName: ({ name }) => `${name[0]?.toUpperCase()}${name.slice(1)}Backward0`,
  isView: true,
});

/** A tensor that shows what a step takes of `x`. Nothing is computed. */
function showing(x: Tensor, { name, step, shape }: ViewAttrs): Tensor {
  const storage = step === null ? x.storage.retain() : Storage.showing(x.storage, step);
  return made(new Tensor(name, shape, x.dtype, x.device, storage), [x]);
}

interface ViewOptions {
  /** The shape of the result where it is not that of the step. */
  readonly shape?: Shape;
  /** Which of several results this is, for functions that give several. */
  readonly output?: number;
}

/** The view of `x` that a step leads to. `name` is the function that PyTorch's node is named after: `select`. */
export function viewBy(name: string, x: Tensor, step: ViewStep, options: ViewOptions = {}): Tensor {
  return viewed({ name, step, shape: options.shape ?? step.to }, x, options.output);
}

/** The view of `x` in another shape of as many elements; where the elements do not lie so that there is one, null. */
export function viewInShape(x: Tensor, shape: Shape, name = "view"): Tensor | null {
  const { layout } = x.storage;
  // Elements that lie row by row do in any shape.
  if (layout !== null && !isContiguous(layout) && reshaped(layoutOfTensor(x), shape) === null) return null;
  return viewed({ name, step: null, shape }, x);
}

function viewed(attrs: ViewAttrs, x: Tensor, output?: number): Tensor {
  const { step } = attrs;
  let out: Tensor;
  if (isGradEnabled() && x.requiresGrad) out = viewOp([x], attrs);
  else {
    x.check(attrs.name);
    out = showing(x, attrs);
  }
  out.unseen = x.unseen;
  const above = x.viewOf;
  const steps = above?.steps ?? NO_STEPS;
  const origin = !isGradEnabled()
    ? "in noGrad"
    : output === undefined
      ? (above?.origin ?? "recorded")
      : "one of several";
  out.viewOf = {
    base: above?.base ?? x,
    steps: step === null ? steps : [...steps, step],
    origin,
    output: output ?? 0,
    version: out.storage.version,
  };
  return out;
}

const NO_STEPS: readonly ViewStep[] = [];

// --- layout -------------------------------------------------------------------------------------------------------

/** Where the elements of a tensor lie among those of what it is a view of. */
export function layoutOfTensor({ storage: { layout }, shape }: Tensor): Layout {
  // A view in this shape was made, so there are strides for it.
  return layout === null ? contiguous(shape) : (reshaped(layout, shape) as Layout);
}

/** Whether two tensors show elements of the same root. */
export function sharesMemory(x: Tensor, other: Tensor): boolean {
  return rootOf(x) === rootOf(other);
}

function rootOf({ storage }: Tensor): Storage {
  return storage.shown === null ? storage : storage.shown.root;
}

/** Whether an element of `x` surely stands at several places: where it is expanded. */
export function repeatsElements(x: Tensor): boolean {
  return x.storage.shown !== null && repeats(layoutOfTensor(x));
}

// --- reading ------------------------------------------------------------------------------------------------------

/** Computes what a view shows, from its root as it is now. */
export function readView(view: Tensor): void {
  const { storage, device, dtype } = view;
  const shown = storage.shown as Shown;
  const root = new Tensor("view", (shown.path[0] as ViewStep).from, dtype, device, shown.root);
  if (device.host !== undefined || shown.root.memory === null) {
    storage.show(new Storage(null, windowInto(root, storage.layout as Layout)));
    return;
  }
  const outer = openFrame();
  try {
    storage.show(withGradMode(false, () => computed(root, shown)).storage);
  } finally {
    for (const tensor of closeFrame(outer)) tensor.dispose();
  }
}

/** Elements in ordinary memory: where they follow each other nothing is copied. */
function windowInto(root: Tensor, layout: Layout): HostContent {
  const length = numel(layout.shape);
  // Rows that lie apart stay so where a window holds whole ones.
  const apart = isContiguous(layout) && root.storage.host !== null;
  const rows = apart ? windowOf(root.storage.host as HostContent, layout.offset, length) : null;
  if (rows !== null) return rows;
  const whole = root.hostElements() as HostElements;
  if (isContiguous(layout)) return windowOf(whole, layout.offset, length) as HostContent;
  const data = arrayLike(whole.data, length);
  copyElements(whole.data, { ...layout, offset: layout.offset + whole.offset }, data, contiguous(layout.shape));
  return { data, offset: 0, length, steps: whole.steps };
}

function computed(root: Tensor, { path, parent }: Shown): Tensor {
  // What the view was taken of may be there still.
  if (parent !== root.storage && parent.memory !== null && !parent.isStale) {
    const last = path.at(-1) as ViewStep;
    return readStep(new Tensor("view", last.from, root.dtype, root.device, parent), last);
  }
  return path.reduce(readStep, root);
}

// --- writing ------------------------------------------------------------------------------------------------------

/** Gives a tensor, and all that share its memory, the elements of `value`. Not recorded. */
export function overwrite(x: Tensor, value: Tensor): void {
  const { storage } = x;
  const { shown } = storage;
  if (shown === null) {
    storage.replace(value.content(), x.unseen);
    return;
  }
  const { root, path } = shown;
  const base = new Tensor("view", (path[0] as ViewStep).from, x.dtype, x.device, root);
  const whole = withGradMode(false, () =>
    x.device.host === undefined ? writtenThrough(base, path, value) : writtenOnHost(base, value, path),
  );
  root.replace(whole.content(), x.unseen);
  // A view that repeats elements shows more than one of them.
  if (!repeatsElements(x)) storage.show(value.content());
}

/** `base` with `value` where a path of steps leads. Differentiable. */
function writtenThrough(base: Tensor, path: readonly ViewStep[], value: Tensor): Tensor {
  // Where an element stands at several places on the way, those that are not written would undo what is.
  const repeated = path.slice(0, -1).some(({ kind }) => kind === "unfold" || kind === "expand");
  if (repeated) return writeStep(base, value, asOneStep(path));
  const parents = [base];
  for (const step of path.slice(0, -1)) parents.push(readStep(parents.at(-1) as Tensor, step));
  return path.reduceRight((part, step, i) => writeStep(parents[i] as Tensor, part, step), value);
}

/**
 * Gives a view and its base the elements of `value`, and their graphs: the base is recorded as what it was with `value` in the place of the view,
 * as PyTorch's CopySlices does; the other views, and this one, are recorded anew when they are asked.
 */
export function writeRecorded(x: Tensor, value: Tensor): void {
  const { base, steps } = x.viewOf as View;
  const root = rootOf(x);
  if (rootOf(base) !== root) {
    // `base.data` was assigned since: the view still has the memory that its base had.
    overwrite(x, value);
    x.viewOf = null;
    moveGraph(value, x);
    return;
  }
  const whole = reshape(writtenThrough(snapshotOf(base), steps, value), base.shape);
  if (base.storage === root) {
    root.replace(whole.content(), x.unseen);
    if (x.storage.shown !== null) x.storage.show(value.content());
  } else overwrite(x, value);
  moveOutput(value, x);
  moveGraph(whole, base);
  renameGraph(base, "CopySlices");
  recordView(x);
}

// --- autograd's rules ---------------------------------------------------------------------------------------------

/** Records a view again, from its base as an in-place op has left it. */
export function recordView(stale: Tensor): void {
  const view = stale.viewOf as View;
  const { base } = view;
  if (stale.recordedBy === null && !base.requiresGrad) return;
  checkOrigin("gradFn", stale, "its base or another view of its base has been");
  view.version = stale.storage.version;
  stale.gradFn = null;
  if (!base.requiresGrad) return;
  const outer = openFrame();
  try {
    withGradMode(true, () => {
      let again = base.freed ? snapshotOf(base) : base;
      for (const step of view.steps)
        again = viewOp([reshape(again, step.from)], { name: "asStrided", step, shape: step.to });
      again = viewOp([again], { name: "asStrided", step: null, shape: stale.shape });
      stale.gradFn = again.gradFn;
    });
  } finally {
    for (const tensor of closeFrame(outer)) tensor.dispose();
  }
}

/** A tensor as it is now, with its graph, whatever changes later; also one that was freed, whose memory its views keep. */
export function snapshotOf(x: Tensor, gradFn = x.recordedBy): Tensor {
  const before = made(new Tensor(x.op, x.shape, x.dtype, x.device, x.storage.snapshot()), [x]);
  before.gradFn = gradFn;
  return before;
}

const FORBIDDEN =
  " Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).";
const SEVERAL =
  " This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.";

/** Throws for a view that PyTorch does not let take part in recorded in-place ops. */
export function checkOrigin(op: string, x: Tensor, changed = "is being"): void {
  const { viewOf: view } = x;
  if (view === null || view.origin === "recorded") return;
  const node = x.recordedBy;
  const inNoGrad = view.origin === "in noGrad" || node === null;
  const output = node === null ? "" : `Output ${view.output} of ${node.name.replace(/Backward\d$/, "")} is a view`;
  const what = inNoGrad
    ? `${node === null ? "A view was" : `${output} of a view which was`} created in no_grad mode and ${changed} modified inplace with grad mode enabled.`
    : `${output} and ${changed} modified inplace.`;
  throw new AutogradError(
    op,
    what + (view.origin === "in noGrad" ? FORBIDDEN : SEVERAL),
    `the view has shape ${formatShape(x.shape)}`,
    view.origin === "in noGrad" ? "Here: noGrad(() => ...)." : "Here: select() or narrow() give one view each.",
  );
}
