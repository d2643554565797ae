import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files of the projects that take longest are started first, so that no core waits for one of them at the end. What vitest remembers of
 * earlier runs orders the rest; a fresh clone remembers nothing.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ project }: TestSpecification): number => {
      const at = LONG.findIndex((name) => project.name.startsWith(name));
      return at < 0 ? LONG.length : at;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** How the names of projects begin whose files take minutes, the longest first. */
const LONG = ["conformance on webgpu", "conformance in Chromium on", "conformance", "node"];
