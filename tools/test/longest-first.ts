import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files of the projects that take longest are started first, so that no core waits for one of them at the end. What vitest remembers of
 * earlier runs orders the rest; a fresh clone remembers nothing. The files of a project stay together: a worker keeps its modules only for the
 * next file of the same project.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ project }: TestSpecification): number => {
      const at = LONG.findIndex((name) => project.name.startsWith(name));
      return at < 0 ? LONG.length : at;
    };
    const projects = [...new Set(sorted.map(({ project }) => project))];
    const place = new Map(projects.map((project, index) => [project, index]));
    return sorted.toSorted((a, b) => rank(a) - rank(b) || (place.get(a.project) ?? 0) - (place.get(b.project) ?? 0));
  }
}

/** How the names of projects begin whose files take minutes, the longest first. */
const LONG = ["conformance on webgpu", "conformance in Chromium on", "conformance", "node"];
