import { join } from "node:path";
import { type Bundler, bundlers, type Mode, nameOf, writeViteConfig } from "../bundlers.ts";
import { type Cell, messageOf, type Surroundings, type Tier } from "../cell.ts";
import { withDevServer } from "../dev-server.ts";
import { ISOLATION, type OnDevice, type PageOutcome } from "../pages.ts";
import { type PeerSet, VITES } from "../pinned.ts";
import { copyProgram, copyWorker, writeProgram } from "../program.ts";
import { lossesInNode } from "../reference.ts";
import { tool } from "../tool.ts";

/** A page of `programs`. */
interface Page {
  readonly name: string;
  readonly folder: "linear" | "worker" | "devices";
  readonly packages: readonly string[];
  readonly peerSets: readonly PeerSet[];
  /** The devices that the page asks for, and those among them that start with these peers. */
  devices(peers: PeerSet): { readonly asked: readonly string[]; readonly start: readonly string[] };
}

const UMBRELLA = ["@kindling/kindling", "@kindling/core"];

const pages: readonly Page[] = [
  {
    name: "a lone nn.Linear of the umbrella",
    folder: "linear",
    packages: UMBRELLA,
    peerSets: ["none", "wasm", "all"],
    devices: () => ({ asked: ["cpu"], start: ["cpu"] }),
  },
  {
    name: "a training worker on wasm",
    folder: "worker",
    packages: ["@kindling/core", "@kindling/backends", "@kindling/data", "@kindling/nn", "@kindling/optim"],
    // Without its package there is no wasm to import.
    peerSets: ["wasm", "all"],
    devices: () => ({ asked: ["wasm"], start: ["wasm"] }),
  },
  {
    name: "a page on device(name)",
    folder: "devices",
    packages: UMBRELLA,
    peerSets: ["none", "wasm", "all"],
    devices: (peers) => ({
      asked: ["cpu", "wasm", "webgpu"],
      start: { none: ["cpu"], wasm: ["cpu", "wasm"], all: ["cpu", "wasm", "webgpu"] }[peers],
    }),
  },
];

/** Pages, built by every bundler at its defaults with every set of optional peers, run in Chromium. */
export function bundleCells(): Cell[] {
  const builds = pages.flatMap((page) =>
    bundlers.flatMap((bundler) =>
      page.peerSets.flatMap((peers) => modesOf(page, peers).map((mode) => cell(page, bundler, peers, mode))),
    ),
  );
  return [...builds, ...VITES.flatMap(devCells)];
}

/** Names matter where workers start and networks print; the bundler treats them alike whatever is installed. */
const modesOf = ({ folder }: Page, peers: PeerSet): Mode[] =>
  folder !== "linear" && peers === "all" ? ["minified", "keepNames"] : ["minified"];

const PEER_SETS: Readonly<Record<PeerSet, string>> = { none: "no peer", wasm: "only wasm's peer", all: "all peers" };

type Build = readonly [bundler: string, PeerSet, Mode, Page["folder"]];

/** In the short form: everything missing, and everything that minifiers and threads can break. */
const SHORT: readonly Build[] = [
  ["esbuild", "none", "minified", "devices"],
  ["vite 8", "all", "keepNames", "worker"],
];

/** Bundlers that take half a minute for a page, and what CI builds with each. Vite 6 and 7 are both Rollup and esbuild: they share the two pages. */
const SLOW: readonly string[] = ["vite 6", "vite 7", "webpack 5", "rollup"];
const COVERING: readonly Build[] = [
  ["vite 6", "wasm", "minified", "worker"],
  ["vite 7", "all", "keepNames", "devices"],
  ["webpack 5", "all", "keepNames", "devices"],
  ["webpack 5", "wasm", "minified", "worker"],
  ["rollup", "none", "minified", "devices"],
  ["rollup", "all", "keepNames", "worker"],
];

/** CI builds everything with the quick bundlers. */
function tierOf(...build: Build): Tier {
  const isIn = (builds: readonly Build[]) => builds.some((one) => one.every((part, index) => part === build[index]));
  if (isIn(SHORT)) return "short";
  return !SLOW.includes(build[0]) || isIn(COVERING) ? "covering" : "full";
}

/** The development server of each Vite, with one page each; of the newest with both. */
const SERVED: Readonly<Record<string, Page["folder"]>> = { "vite 6": "worker", "vite 7": "devices" };

function cell(page: Page, bundler: Bundler, peers: PeerSet, mode: Mode): Cell {
  return {
    name: `${bundler.name}, ${PEER_SETS[peers]} installed, ${mode}: ${page.name}`,
    packages: ["@kindling/kindling", "@kindling/backends"],
    needs: page.packages,
    tier: tierOf(bundler.name, peers, mode, page.folder),
    browser: true,
    async run(around) {
      const project = await around.folder(`${bundler.name} ${peers} ${mode} ${page.folder}`);
      await makeProject(project, page, peers, around);
      const built = await bundler.build(project, mode, scriptsOf(page));
      return inBothIsolations((isolated) =>
        tryPage(page, peers, isolated, mode, around, (query) => around.pages.outcomeIn(built, query, isolated)),
      );
    },
  };
}

/** The development server serves packages that Vite has bundled beforehand into one file each, elsewhere. */
function devCells(spec: string): Cell[] {
  return pages
    .filter(({ folder }) => folder !== "linear")
    .map((page) => ({
      name: `${nameOf(spec)}'s development server, all peers installed: ${page.name}`,
      packages: ["@kindling/kindling", "@kindling/backends"],
      needs: page.packages,
      tier: (SERVED[nameOf(spec)] ?? page.folder) === page.folder ? "covering" : "full",
      browser: true,
      run: (around) =>
        inBothIsolations(async (isolated) => {
          const project = await around.folder(`${nameOf(spec)} dev ${page.folder} ${isolated}`);
          await makeProject(project, page, "all", around);
          await writeViteConfig(project, isolated ? [`server: { headers: ${JSON.stringify(ISOLATION)} }`] : []);
          return tryPage(page, "all", isolated, "minified", around, async (query) =>
            withDevServer(project, await tool(spec), (url) => around.pages.outcomeOf(`${url}${query}`)),
          );
        }),
    }));
}

async function inBothIsolations(attempt: (isolated: boolean) => Promise<string[]>): Promise<string[]> {
  const problems: string[] = [];
  for (const isolated of [false, true]) {
    const found = await attempt(isolated);
    problems.push(...found.map((problem) => `${isolated ? "isolated" : "not isolated"}: ${problem}`));
  }
  return problems;
}

async function tryPage(
  page: Page,
  peers: PeerSet,
  isolated: boolean,
  mode: Mode,
  around: Surroundings,
  open: (query: string) => Promise<PageOutcome>,
): Promise<string[]> {
  const { asked, start } = page.devices(peers);
  try {
    return await problemsOf(await open(`?devices=${asked.join()}`), page, start, isolated, mode, around);
  } catch (error) {
    return [messageOf(error)];
  }
}

const scriptsOf = ({ folder }: Page): string[] => (folder === "worker" ? ["main.js", "worker.js"] : ["main.js"]);

export async function makeProject(
  project: string,
  { folder, packages }: Pick<Page, "folder" | "packages">,
  peers: PeerSet,
  { consumers }: Surroundings,
): Promise<void> {
  await consumers.make(project, packages, peers);
  await copyProgram(project, "index.html");
  await copyProgram(project, join(folder, "main.js"), "main.js");
  if (folder === "devices") await writeProgram(project, "train", "js");
  if (folder === "worker") await copyWorker(project);
  if (folder !== "linear") await copyProgram(project, "four-cores.js");
}

async function problemsOf(
  outcome: PageOutcome,
  page: Page,
  start: readonly string[],
  isolated: boolean,
  mode: Mode,
  around: Surroundings,
): Promise<string[]> {
  const problems: string[] = [];
  if (outcome.isolated !== isolated) problems.push(`crossOriginIsolated is ${outcome.isolated}`);
  for (const [name, found] of Object.entries(outcome.devices)) {
    if (!start.includes(name)) {
      if (!found.detail.includes(`@tensorflow/tfjs-backend-${name}`)) {
        problems.push(`${name}: the error does not name the missing package: ${found.detail}`);
      }
    } else if (found.losses === undefined) {
      problems.push(`${name} does not start: ${found.detail}`);
    } else {
      problems.push(...(await problemsOfLosses(name, found.losses, page, around)));
      problems.push(...problemsOfDevice(name, found, isolated, mode));
    }
  }
  return problems;
}

function problemsOfDevice(name: string, { detail, network = "" }: OnDevice, isolated: boolean, mode: Mode): string[] {
  const problems: string[] = [];
  if (name === "wasm" && detail !== "wasm") {
    const threads = isolated ? "2 threads" : "one thread";
    if (!detail.includes(threads)) problems.push(`wasm: ${detail}, not ${threads}`);
  }
  if (mode === "keepNames" && !network.includes("Linear(")) problems.push(`a network prints as ${network}`);
  return problems;
}

/** `|a - b| <= ATOL + RTOL |b|`: how far one device's numbers may be from another's, as in the laws of all devices. */
const RTOL = 1e-4;
const ATOL = 1e-5;

async function problemsOfLosses(
  device: string,
  losses: readonly number[],
  page: Page,
  around: Surroundings,
): Promise<string[]> {
  const inNode = await lossesInNode(page.folder === "linear" ? "linear" : "train", around);
  const [expected, exact] = [inNode[device] ?? inNode.cpu, inNode[device] !== undefined];
  const problems: string[] = [];
  const same = (value: number, index: number): boolean => {
    const wanted = expected?.[index] ?? Number.NaN;
    return exact ? value === wanted : Math.abs(value - wanted) <= ATOL + RTOL * Math.abs(wanted);
  };
  if (losses.length !== expected?.length || !losses.every(same)) {
    problems.push(`${device}: ${losses.join(" ")}, in Node ${exact ? device : "cpu"} ${expected?.join(" ")}`);
  }
  if (!exact) {
    // Node has no such device: all pages must agree with the first.
    const first = await around.shared(`${device} in pages`, async () => losses);
    if (losses.join() !== first.join())
      problems.push(`${device}: ${losses.join(" ")}, in another page ${first.join(" ")}`);
  }
  return problems;
}
