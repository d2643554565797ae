import { bytesPerElement, type DType } from "../base/dtype.ts";
import { shared } from "../base/global.ts";
import { numel, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { Device, Handle } from "../device/device.ts";
import { bytesIn, type HostContent, readElements } from "./host-elements.ts";
import type { Layout } from "./layout.ts";
import { layoutOf, type ViewStep } from "./view-step.ts";

/** How much device memory the tensors of a program hold. */
export interface MemoryInfo {
  /** Pieces of device memory that live tensors hold. */
  tensors: number;
  bytes: number;
}

const totals = shared<MemoryInfo>("memory", () => ({ tensors: 0, bytes: 0 }));

/** Device memory held now: flat over a loop that frees what it makes. */
export function memory(): MemoryInfo {
  if (arguments.length > 0) throw surplusArguments("memory()", arguments.length);
  return { ...totals };
}

/** The part of it that belongs to nobody who would free it: no scope, module, optimizer or gradient. */
const unowned = shared<MemoryInfo>("unownedMemory", () => ({ tensors: 0, bytes: 0 }));

/** Device memory that only the garbage collector will free: what the warning about leaks counts. */
export function unownedMemory(): Readonly<MemoryInfo> {
  return unowned;
}

interface Held {
  readonly device: Device;
  readonly handle: Handle;
  readonly bytes: number;
  /** Whether it is among the live tensors: what the library keeps for itself is not. */
  counted: boolean;
  /** Whether it belongs to nobody who would free it. */
  unowned: boolean;
}

function giveBack(held: Held): void {
  uncount(held);
  held.device.free(held.handle);
}

function uncount(held: Held): void {
  setUnowned(held, false);
  if (!held.counted) return;
  held.counted = false;
  totals.tensors -= 1;
  totals.bytes -= held.bytes;
}

function setUnowned(held: Held, value: boolean): void {
  if (held.unowned === value || !held.counted) return;
  held.unowned = value;
  unowned.tensors += value ? 1 : -1;
  unowned.bytes += value ? held.bytes : -held.bytes;
}

/** JavaScript's collector does not see device memory: what nobody freed is given back when its owner is collected. */
const collected = new FinalizationRegistry<Held>(giveBack);

/**
 * The newest pieces, which the collector is not asked to watch yet: most are released before they grow old, and each watched one
 * leaves a cell behind that lives until a full collection. At most so many forgotten pieces are held back.
 */
const young = new Array<Memory | undefined>(64);
let nextYoung = 0;

/**
 * A piece of device memory. Nobody writes to it after it was made, so storages may share it: cloning costs nothing. The last
 * one to release it gives it back.
 */
export class Memory {
  readonly device: Device;
  readonly handle: Handle;
  readonly #held: Held;
  #owners = 1;
  #watched = false;
  #owned = false;

  constructor(device: Device, handle: Handle, shape: Shape, dtype: DType) {
    this.device = device;
    this.handle = handle;
    this.#held = { device, handle, bytes: numel(shape) * bytesPerElement(dtype), counted: true, unowned: false };
    totals.tensors += 1;
    totals.bytes += this.#held.bytes;
    young[nextYoung]?.watch();
    young[nextYoung] = this;
    nextYoung = (nextYoung + 1) % young.length;
  }

  /** @internal No longer young: asks the collector to say when nobody holds this any more. */
  watch(): void {
    if (this.#owners === 0) return;
    this.#watched = true;
    collected.register(this, this.#held, this);
  }

  /** Says that this memory is the library's own and no tensor of the program's. */
  excuse(): void {
    uncount(this.#held);
  }

  /** Says that a tensor over this was made and belongs to no scope. What has an owner keeps it: the tensor may be a view of a parameter. */
  disown(): void {
    if (!this.#owned) setUnowned(this.#held, true);
  }

  /** Says that somebody who frees it has taken this over. */
  own(): void {
    this.#owned = true;
    setUnowned(this.#held, false);
  }

  /** Says that the program holds this from step to step, in the place of `previous` where that is given. */
  keep(previous: Memory | null = null): void {
    this.own();
    this.device.keep?.(this.handle, previous?.device === this.device ? previous.handle : undefined);
  }

  retain(): this {
    this.#owners += 1;
    return this;
  }

  release(): void {
    this.#owners -= 1;
    if (this.#owners > 0) return;
    if (this.#watched) collected.unregister(this);
    giveBack(this.#held);
  }
}

/** What a storage shows of another: the view that the steps of `path` lead to. */
export interface Shown {
  /** A storage of its own: a view of a view leads there too. */
  readonly root: Storage;
  readonly path: readonly ViewStep[];
  /** What the last step was taken of: quicker to read than the root, while it is there. Not retained, and forgotten when it was read. */
  parent: Storage;
  /** The version of the root that the content is of; -1 before it was read for the first time. */
  seen: number;
  /** Where its elements lie among the root's, once that was asked. */
  layout: Layout | null;
}

/**
 * Where a tensor's elements are: on its device, in ordinary memory, or both (with the same content). A tensor and its views in
 * other shapes share a storage; an in-place op replaces what is in it and raises its version. A view of a part, or in another order,
 * has one that shows the root's: its content is computed when it is read, and again when the root has changed since.
 */
export class Storage {
  memory: Memory | null;
  host: HostContent | null;
  readonly shown: Shown | null;
  /** How often the elements have changed. */
  #changes = 0;
  /** How many of these changes autograd does not see. */
  #unseen = 0;
  #owners = 1;

  constructor(memory: Memory | null, host: HostContent | null, shown: Shown | null = null) {
    this.memory = memory;
    this.host = host;
    this.shown = shown;
  }

  /** Shows what `step` takes of `parent`. The root stays until this is released. */
  static showing(parent: Storage, step: ViewStep): Storage {
    const above = parent.shown;
    const root = above === null ? parent : above.root;
    const path = above === null ? [step] : [...above.path, step];
    root.retain();
    return new Storage(null, null, { root, path, parent, seen: -1, layout: null });
  }

  /** How often the elements were changed in place, as far as autograd sees: one count for a tensor and all its views. */
  get version(): number {
    const { root } = this.shown ?? { root: this };
    return root.#changes - root.#unseen;
  }

  /** Whether the content must be computed before it is read. */
  get isStale(): boolean {
    return this.shown !== null && this.shown.seen !== this.shown.root.#changes;
  }

  /** Where the elements lie among the root's, in the shape that the last step gives; null for a storage of its own. */
  get layout(): Layout | null {
    const { shown } = this;
    if (shown === null) return null;
    shown.layout ??= layoutOf(shown.path);
    return shown.layout;
  }

  retain(): this {
    this.#owners += 1;
    return this;
  }

  release(): void {
    this.#owners -= 1;
    if (this.#owners > 0) return;
    this.memory?.release();
    this.memory = null;
    this.host = null;
    if (this.shown === null) return;
    this.shown.seen = -1;
    this.shown.root.release();
  }

  /** A storage of its own with the same content; nothing is copied until one of the two changes. */
  fork(): Storage {
    return new Storage(this.memory?.retain() ?? null, this.host);
  }

  /** The content as it is now, whatever changes later. That of a view is not computed before it is read. */
  snapshot(): Storage {
    const { shown } = this;
    if (shown === null || !this.isStale) return this.fork();
    const root = shown.root.fork();
    return new Storage(null, null, { root, path: shown.path, parent: root, seen: -1, layout: shown.layout });
  }

  /** Takes over the content of `other`: what an in-place op does; `unseen` by autograd where it changes `x.data`. A view's own is written to its root: see writeThrough. */
  replace(other: Storage, unseen: boolean): void {
    const previous = this.memory;
    this.memory = other.memory?.retain() ?? null;
    this.host = other.host;
    this.#changes += 1;
    if (unseen) this.#unseen += 1;
    if (this.memory !== null) this.memory.keep(previous);
    previous?.release();
  }

  /** Takes over what was computed of the root as it is now. */
  show(content: Storage): void {
    const previous = this.memory;
    this.memory = content.memory?.retain() ?? null;
    this.host = content.host;
    const shown = this.shown as Shown;
    shown.seen = shown.root.#changes;
    shown.parent = shown.root;
    previous?.release();
  }

  /** The content in device memory, uploaded on first need. */
  onDevice(device: Device, shape: Shape, dtype: DType): Memory {
    if (this.memory !== null) return this.memory;
    const host = this.host as HostContent;
    const { steps } = host;
    const handle =
      steps !== null && device.uploadThrough !== undefined
        ? device.uploadThrough(bytesIn(host), steps.table, shape)
        : device.upload(readElements(host), shape, dtype);
    this.memory = new Memory(device, handle, shape, dtype);
    // The collector sees ordinary memory; and the elements are there already.
    if (device.host !== undefined) this.memory.excuse();
    return this.memory;
  }
}
