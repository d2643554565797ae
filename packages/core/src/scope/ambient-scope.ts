import { shared } from "../base/global.ts";
import type { Memory } from "../storage/memory.ts";
import { type CallSite, callSite } from "./call-site.ts";
import { type Frame, framesOf, isWithin } from "./frames.ts";
import { GoneOn } from "./gone-on.ts";
import { watchUnowned } from "./leak-watch.ts";
import "./using.ts";
import { markTurn, setTurnEnd } from "./microtask-boundary.ts";
import { needSites, sampledSite } from "./site-sampling.ts";
import { around } from "./stretch.ts";

/** A tensor, as a scope sees it: something to free. */
export interface Disposable {
  /** @internal */
  owner: Scope | null;
  /** @internal The tensor whose gradient this one is, and which frees it. */
  holder: Disposable | null;
  /** @internal */
  readonly storage: { readonly memory: Memory | null };
  dispose(): void;
}

interface Ambient {
  /** The scope that takes what is created now. */
  scope: Scope | null;
  /** How many blocks are open. */
  blocks: number;
  /** Whether code is running that goes on after a read or a loader that scopes awaited. */
  resumed: boolean;
}

const ambient = shared<Ambient>("scope", () => ({ scope: null, blocks: 0, resumed: false }));

/**
 * How a scope knows what is created in it: it runs a function; it is a block, `using _ = scope()`, until the code in it awaits; or
 * it takes everything until it is closed.
 */
export type ScopeKind = "function" | "block" | "held";

/** Something that a block took because it was created now. */
interface Claim {
  readonly item: Disposable;
  /** The item of the same block that it was computed from. */
  readonly from: Disposable | null;
  /** Where it was made, if it was computed from nothing of the block and the site was taken. */
  readonly site: CallSite | null;
  /** The scope that has it if the block has no right to it. */
  readonly otherwise: Scope | null;
}

/**
 * A scope is freed by the code that opened it. It owns what is created synchronously before the first `await` after it was opened, what its code
 * creates when it goes on after a read or a loader, and whatever is computed from tensors that it owns.
 */
export class Scope {
  /** @internal */ readonly parent: Scope | null;
  /** @internal */ readonly depth: number;
  /** @internal */ readonly kind: ScopeKind;
  /** Where a block was opened, or where a function gave its promise. */
  #site: CallSite | null;
  #frames: readonly Frame[] | null = null;
  #owned: Set<Disposable> | null = new Set();
  #creating = true;
  #claims: Claim[] = [];
  /** Its code after the first read that it awaited; null until then. */
  #later: GoneOn | null = null;

  /** @internal */
  constructor(kind: ScopeKind, site: CallSite | null = null) {
    this.kind = kind;
    this.#site = site;
    this.parent = ambient.scope;
    this.depth = this.parent === null ? 0 : this.parent.depth + 1;
    ambient.scope = this;
    if (kind !== "block") return;
    ambient.blocks += 1;
    markTurn(this);
  }

  get closed(): boolean {
    return this.#owned === null;
  }

  /** @internal Whether it takes what is created now. */
  get creating(): boolean {
    return this.#creating;
  }

  /** @internal */
  add(item: Disposable): void {
    item.owner = this;
    item.storage.memory?.own();
    this.#owned?.add(item);
  }

  /** @internal */
  remove(item: Disposable): void {
    item.owner = null;
    this.#owned?.delete(item);
  }

  /**
   * @internal Takes what is created now. A block does not see the `await` that ends its right to do so: it notes where things are made (all
   * or some, see site-sampling.ts), and gives back later what was not made in it. So does any scope whose code has gone on after a read.
   */
  claim(item: Disposable, inputs: readonly Disposable[], otherwise: Scope | null): void {
    this.add(item);
    if (this.kind !== "block" && this.#later === null) return;
    let from: Disposable | null = null;
    for (const input of inputs) if (input.owner === this) from = input;
    const site = from !== null ? null : this.#later === null ? sampledSite() : callSite();
    this.#claims.push({ item, from, site, otherwise });
  }

  /** Takes `value` (a tensor, or arrays and plain objects of them) out of this scope: the caller frees it, or the scope around. */
  keep<V>(value: V): V {
    visit(value, (item) => {
      // A gradient that is let out is not freed with its leaf any more.
      item.holder = null;
      if (item.owner !== this) return;
      this.remove(item);
      const around = this.#around();
      if (around?.creating === true) around.claim(item, [], null);
      else around?.add(item);
    });
    return value;
  }

  /** @internal The scoped function returned a promise: results move to the enclosing scope when it settles. */
  awaited(site: CallSite): void {
    this.#site = site;
    leave(this);
  }

  /**
   * @internal No longer takes what is merely created; what is computed from its own tensors still joins it. `last` is a moment after all that
   * it took: if that lies in the block, so does everything.
   */
  stopCreating(last: CallSite | null): void {
    if (!this.#creating) return;
    this.#creating = false;
    const claims = this.#claims;
    this.#claims = [];
    if (claims.length === 0 || this.closed) return;
    if (this.#later !== null || last === null || !this.holds(last)) this.#settle(claims);
  }

  /** @internal Whether code that reads at `read`, and is about to await that, may be its own. */
  mayGoOn(read: CallSite): boolean {
    return this.kind !== "held" && !this.closed && (this.#later !== null || this.holds(read));
  }

  /** @internal Code goes on that awaited what it read at `read`: takes what that creates, if it is its own. */
  resume(read: CallSite): void {
    this.#creating = true;
    this.#later ??= new GoneOn(this.kind === "block", this.#site);
    this.#later.awaited(read);
  }

  /** @internal Where it was opened, if that was noted; `otherwise` if not. */
  openedAt(otherwise: CallSite | null): CallSite | null {
    return this.#site ?? otherwise;
  }

  /** Frees everything that it owns. */
  dispose(): void {
    // Other code may have gone on beside its own.
    if (this.#later !== null) this.stopCreating(null);
    const owned = this.#owned;
    if (owned === null) return;
    this.#owned = null;
    leave(this);
    if (this.kind === "block") ambient.blocks -= 1;
    for (const item of owned) {
      item.owner = null;
      item.dispose();
    }
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal Whether `site` lies inside this block. Only meaningful while the scope was adopting new tensors. */
  holds(site: CallSite): boolean {
    if (this.#later?.holds(site) === true) return true;
    if (this.kind !== "block") return this.#later === null;
    // Without the frame of `scope` itself.
    this.#frames ??= framesOf(this.#site as CallSite).slice(1);
    return isWithin(this.#frames, framesOf(site));
  }

  /** Gives back what was not made in the block. */
  #settle(claims: readonly Claim[]): void {
    const sure = this.#later === null ? this.#sure(claims) : 0;
    const foreign = new Set<Disposable>();
    for (const { item, from, site, otherwise } of claims.slice(sure)) {
      if (from !== null ? !foreign.has(from) : this.#later !== null && site !== null && this.holds(site)) continue;
      foreign.add(item);
      if (item.owner !== this) continue;
      this.remove(item);
      const owner = from !== null ? from.owner : ((site && this.#holderAround(site)) ?? otherwise);
      if (owner?.closed === false) owner.add(item);
    }
  }

  /**
   * How many of the first claims are surely its own. Until a block first awaits its code runs in one go: before the last thing that is
   * surely its own, everything is. After it, what has no call site may be another task's: the block does not free it.
   */
  #sure(claims: readonly Claim[]): number {
    needSites();
    let sure = claims.length;
    for (; sure > 0; sure--) {
      const { site } = claims[sure - 1] as Claim;
      if (site !== null && this.holds(site)) break;
    }
    return sure;
  }

  #holderAround(site: CallSite): Scope | null {
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      if (!scope.closed && scope.holds(site)) return scope;
    }
    return null;
  }

  /** The next open scope outwards that this one was opened in. */
  #around(): Scope | null {
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      if (!scope.closed && (scope.creating || (this.#site !== null && scope.holds(this.#site)))) return scope;
    }
    return null;
  }
}

/** Ends the creations of `scope` and of what was opened in it. */
function leave(scope: Scope): void {
  const inside: Scope[] = [];
  for (let open = ambient.scope; open !== null; open = open.parent) {
    inside.push(open);
    if (open !== scope) continue;
    for (const left of inside) left.stopCreating(null);
    ambient.scope = stillCreating(scope.parent);
    return;
  }
  scope.stopCreating(null);
}

function stillCreating(scope: Scope | null): Scope | null {
  let open = scope;
  while (open !== null && !open.creating) open = open.parent;
  return open;
}

/** Ends the creations of every scope that is not held: the code that opened them is about to await. */
export function leaveScope(): void {
  if (ambient.scope !== null) endCreations(callSite());
}

/** @param last a moment after everything that was created, if one is known */
function endCreations(last: CallSite | null): void {
  let open = ambient.scope;
  for (let after = last; open !== null && open.kind !== "held"; open = open.parent) {
    open.stopCreating(after);
    // A scope took its tensors before the next one was opened in it.
    after = open.openedAt(after);
  }
  ambient.scope = open;
}

// Too late to tell where the code was that has awaited.
setTurnEnd(() => {
  if (!ambient.resumed) endCreations(null);
});

/**
 * Waits for `wait`, whose caller is about to await it: what others create meanwhile is not the running scopes'. What the caller creates
 * when it goes on is theirs again.
 *
 * @param read the tensor that is read, if one is: where no scope is running, the one that owns it goes on
 */
export function leavingScope<R>(wait: () => Promise<R>, read: Disposable | null = null): Promise<R> {
  if (ambient.blocks === 0 && ambient.scope === null && read?.owner == null) return wait();
  const site = callSite();
  let scopes = running(site);
  if (scopes.length === 0 && read?.owner?.mayGoOn(site) === true) scopes = [read.owner];
  endCreations(site);
  const waited = wait();
  if (scopes.length === 0) return waited;
  // Code that has gone on after a read is followed to its next `await`: until then it still creates.
  if (ambient.resumed) enter(scopes, site);
  let outer: Scope | null = null;
  return around(waited, {
    begin() {
      endCreations(null);
      outer = ambient.scope;
      enter(scopes, site);
      ambient.resumed = true;
    },
    end() {
      scopes = running(null);
      endCreations(null);
      ambient.scope = outer;
      ambient.resumed = false;
      return scopes.length > 0;
    },
  });
}

/** Has code go on that belongs to the open ones of `scopes` and has awaited what it read at `read`. */
function enter(scopes: readonly Scope[], read: CallSite): void {
  const open = scopes.filter((scope) => !scope.closed);
  for (const scope of open) scope.resume(read);
  ambient.scope = open[0] ?? ambient.scope;
}

/** The scopes that create now, innermost first; with `read`, those whose code may be what reads there. */
function running(read: CallSite | null): Scope[] {
  const found: Scope[] = [];
  for (let open = ambient.scope; open !== null && open.kind !== "held"; open = open.parent) {
    if (open.creating && !open.closed && (read === null || open.mayGoOn(read))) found.push(open);
  }
  return found;
}

/** Hands a new tensor to its scope: the ambient one, else the innermost among those of what it was computed from. */
export function adopt(item: Disposable, inputs: readonly Disposable[]): void {
  let owner: Scope | null = null;
  for (const { owner: candidate } of inputs) {
    if (candidate !== null && !candidate.closed && (owner === null || candidate.depth > owner.depth)) owner = candidate;
  }
  const { scope, blocks } = ambient;
  if (scope !== null) scope.claim(item, inputs, owner);
  else if (owner !== null) owner.add(item);
  else watchUnowned(item.storage.memory);
  if (blocks > 0) markTurn(scope ?? owner);
}

/** Runs `fn` with no scope taking what it creates. */
export function outsideScopes<R>(fn: () => R): R {
  const previous = ambient.scope;
  ambient.scope = null;
  try {
    return fn();
  } finally {
    ambient.scope = previous;
  }
}

function isDisposable(value: object): value is Disposable {
  return "owner" in value && typeof (value as Partial<Disposable>).dispose === "function";
}

/** Every tensor in `value`, through arrays, maps and plain objects. */
function visit(value: unknown, found: (item: Disposable) => void, seen = new Set<unknown>()): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (isDisposable(value)) found(value);
  else if (Array.isArray(value)) for (const element of value) visit(element, found, seen);
  else if (value instanceof Map) for (const element of value.values()) visit(element, found, seen);
  else if (Object.getPrototypeOf(value) === Object.prototype) {
    for (const element of Object.values(value)) visit(element, found, seen);
  }
}
