import type { Reporter, TestModule } from "vitest/node";
import type { LawsReport } from "../../packages/core/src/testing/task-meta.ts";
import { summaryOf } from "./laws-summary.ts";

/** Says at the end of a run what the laws were tried on, per device: `packages/conformance` leaves it in the meta of its tests. */
export class LawsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const found: LawsReport[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { laws } = test.meta();
        if (laws !== undefined) found.push(laws);
      }
    }
    if (found.length > 0) console.log(summaryOf(found));
  }
}

/** For `--reporter=`, which takes a module's default. */
export default LawsReporter;
