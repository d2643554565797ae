import { afterEach, beforeEach, expect } from "vitest";
import { leaveScope, type Scope } from "../scope/ambient-scope.ts";
import { heldScope } from "../scope/scope.ts";
import { memory } from "../storage/memory.ts";

/**
 * Holds every test of the file, or of the `describe` it is called in, to what it owns. A test runs in a scope; what that does not
 * own (parameters, gradients, optimizer state, what was marked persistent) it must have disposed of at its end, or it fails.
 */
export function leakGuard(): void {
  let before = 0;
  let held: Scope;
  beforeEach(() => {
    leaveScope();
    before = memory().tensors;
    held = heldScope();
  });
  afterEach(() => {
    leaveScope();
    held.dispose();
    // The collector may meanwhile have given back what earlier tests had lost.
    expect(memory().tensors, "live tensors, as many as before the test").toBeLessThanOrEqual(before);
  });
}
