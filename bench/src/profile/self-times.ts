/** What of a `.cpuprofile` is needed here: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node that was running at each sample. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

export interface SelfTime {
  readonly where: string;
  readonly ms: number;
  /** Of all that was not idle. */
  readonly share: number;
}

/** Functions by the time spent in themselves, the longest first. Waiting is left out. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): SelfTime[] {
  const places = new Map(nodes.map((node) => [node.id, placeOf(node)]));
  const micros = new Map<string, number>();
  let busy = 0;
  for (const [i, id] of samples.entries()) {
    const where = places.get(id) ?? "(unknown)";
    const delta = timeDeltas[i] ?? 0;
    if (where === "(idle)") continue;
    micros.set(where, (micros.get(where) ?? 0) + delta);
    busy += delta;
  }
  return [...micros]
    .map(([where, time]) => ({ where, ms: time / 1000, share: time / busy }))
    .sort((a, b) => b.ms - a.ms);
}

function placeOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const name = functionName === "" ? "(anonymous)" : functionName;
  if (url === "") return name;
  const file = url.replace(/^file:\/\//, "").replace(/^.*\/node_modules\//, "");
  return `${name} ${shorten(file)}:${lineNumber + 1}`;
}

/** The last folders of a path: enough to tell files apart. */
function shorten(path: string): string {
  return path.split("/").slice(-4).join("/");
}
