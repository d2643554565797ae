import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type Browser, chromium, type Page, type Route } from "playwright";
import { findBrowser } from "../../browser/find.ts";
import { browserFlags } from "../../browser/flags.ts";
import { environment } from "../environment.ts";
import type { Project } from "./project.ts";

/** How a Vite project is served: from its sources, or built. */
export type Mode = "dev" | "preview";

/** Milliseconds that a page may take to train, on a machine that does much else. */
const PATIENCE = 180_000;

/** Serves a project with its own Vite, opens it in Chromium, and gives the problems that `use` and the page's console report. */
export async function tryPage(project: Project, mode: Mode, use: (page: Page) => Promise<string[]>): Promise<string[]> {
  const { server, url } = await serve(project, mode);
  let browser: Browser | undefined;
  try {
    const executablePath = findBrowser();
    browser = await chromium.launch({
      args: browserFlags,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(`unhandled: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
    });
    await page.route(/\/worker[.-][^/]*$/, withFourCores);
    await page.goto(url);
    const problems = await use(page).catch((error: Error) => [error.message]);
    const shown = await page.locator("#problem").textContent();
    if (shown) problems.push(`the page shows: ${shown}`);
    return [...problems, ...faults].map((problem) => `${mode}: ${problem}`);
  } finally {
    await browser?.close();
    server.kill();
  }
}

/** A worker that believes in four cores starts threads, whatever machine this is. */
async function withFourCores(route: Route): Promise<void> {
  const response = await route.fetch();
  const cores = 'Object.defineProperty(navigator, "hardwareConcurrency", { value: 4 });';
  await route.fulfill({ response, body: `${cores}\n${await response.text()}` });
}

/** Starts `vite` or `vite preview` on a free port of 127.0.0.1. */
function serve({ folder }: Project, mode: Mode): Promise<{ server: ChildProcess; url: string }> {
  const vite = join(folder, "node_modules/vite/bin/vite.js");
  const args = [vite, ...(mode === "preview" ? ["preview"] : []), "--host", "127.0.0.1", "--port", "0"];
  const server = spawn(process.execPath, args, { cwd: folder, env: environment({ NO_COLOR: "1" }) });
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (data: Buffer): void => {
      output += data;
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)?.[0];
      if (url !== undefined) resolve({ server, url });
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`vite ended with ${code}: ${output}`)));
  });
}

/** Draws lines on the pad, from point to point; a pad is 1 wide and 1 high. */
export async function draw(page: Page, points: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const box = await page.locator("#pad").boundingBox();
  if (box === null) throw new Error("the page has no pad");
  for (const [i, [x, y]] of points.entries()) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: i === 0 ? 1 : 8 });
    if (i === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** A seven, as somebody might draw it. */
export const SEVEN = [
  [0.25, 0.2],
  [0.75, 0.2],
  [0.45, 0.85],
] as const;

/** A one. */
export const ONE = [
  [0.52, 0.15],
  [0.48, 0.85],
] as const;
