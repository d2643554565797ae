import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Worker,
} from "playwright";
import { afterAll, afterEach, expect, inject } from "vitest";
import { type SiteServer, type SiteServerOptions, serveSite } from "./site-server.ts";

/** How the page shows a training, as somebody sees it. */
export interface Row {
  readonly epoch: number;
  readonly trainLoss: string;
  readonly trainAcc: string;
  readonly valLoss: string;
  readonly valAcc: string;
}

export interface VisitOptions {
  readonly server?: SiteServerOptions;
  readonly context?: BrowserContextOptions;
  /** The folder of the site, if it is not the one that all tests share. */
  readonly site?: string;
}

/** Milliseconds that something may take while another page trains, on graphics by software. */
const PATIENCE = 60_000;

/**
 * Somebody with a browser of their own on the page. Whatever it complains of is remembered; a page that tries anything against its
 * Content-Security-Policy fails the test when the visitor leaves.
 */
export class Visitor implements AsyncDisposable {
  readonly server: SiteServer;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors and warnings of the console, and what nobody has caught. */
  readonly complaints: string[] = [];
  /** What the page has tried against its policy. */
  readonly violations: string[] = [];
  readonly #browser: Browser;

  private constructor(server: SiteServer, browser: Browser, context: BrowserContext, page: Page) {
    this.server = server;
    this.#browser = browser;
    this.context = context;
    this.page = page;
    page.on("console", (message) => {
      const isComplaint = message.type() === "error" || message.type() === "warning";
      if (isComplaint && !/blocked by Playwright/.test(message.text())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  static async arrive({ server: how, context: where, site = inject("site") }: VisitOptions = {}): Promise<Visitor> {
    const server = await serveSite(site, how);
    const browser = await chromium.launch(inject("browser"));
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, ...where });
    context.setDefaultTimeout(PATIENCE);
    const visitor = new Visitor(server, browser, context, await context.newPage());
    await context.exposeBinding("reportViolation", (_source, violation: string) => visitor.violations.push(violation));
    await context.addInitScript(listenToViolations);
    return visitor;
  }

  /** Opens the page with settings, as a link carries them. */
  async open(settings = ""): Promise<void> {
    await this.page.goto(`${this.server.url}#${settings}`);
    await this.page.locator(".draw h2").waitFor();
  }

  /** Presses a button of the training by what it does. */
  async press(what: "start" | "go-on" | "pause" | "resume" | "step" | "stop"): Promise<void> {
    await this.page.locator(`[data-do=${what}]`).click();
  }

  /** Waits until the training says so. */
  async until(phase: string | RegExp, timeout = PATIENCE): Promise<void> {
    await this.page.locator(".phase").filter({ hasText: phase }).waitFor({ timeout });
  }

  /** Where it is: epoch and step. */
  async position(): Promise<{ readonly epoch: number; readonly batch: number }> {
    const text = (await this.page.locator(".position").textContent()) ?? "";
    const [, epoch = "0", batch = "0"] = /epoch (\d+) of \d+, step (\d+) of/.exec(text) ?? [];
    return { epoch: Number(epoch), batch: Number(batch) };
  }

  /** Waits until it has come so far. */
  async reached(epoch: number, batch: number): Promise<void> {
    const isThere = async () => {
      const at = await this.position();
      return at.epoch > epoch || (at.epoch === epoch && at.batch >= batch);
    };
    // Not `waitForFunction`, which evaluates a string: the page's policy forbids it.
    for (const until = performance.now() + 60_000; !(await isThere()); ) {
      if (performance.now() > until) throw new Error(`step ${batch} of epoch ${epoch} was not reached`);
      await this.page.waitForTimeout(20);
    }
  }

  /** The worker that trains; it has workers of its own, for the threads of WebAssembly. */
  trainer(): Worker {
    const [worker] = this.trainers();
    if (worker === undefined) throw new Error("nobody trains");
    return worker;
  }

  /** Of two, one is being ended. */
  trainers(): Worker[] {
    return this.page.workers().filter((candidate) => candidate.url().includes("/assets/worker-"));
  }

  /** Has each worker that trains run `script` before its own; a service worker must be blocked for that. */
  async beforeWorkers(script: string): Promise<void> {
    await this.context.route(/\/assets\/worker-/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: script + (await response.text()) });
    });
  }

  /** The table of epochs. */
  async rows(): Promise<Row[]> {
    const lines = await this.page.locator(".epochs tbody tr").allInnerTexts();
    return lines.map((line) => {
      const [epoch, trainLoss = "", trainAcc = "", valLoss = "", valAcc = ""] = line.split("\t");
      return { epoch: Number(epoch), trainLoss, trainAcc, valLoss, valAcc };
    });
  }

  /** Draws a seven with the mouse. */
  async drawSeven(): Promise<void> {
    const pad = this.page.locator(".pad");
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (box === null) throw new Error("there is no pad");
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    const { mouse } = this.page;
    await mouse.move(...at(0.27, 0.22));
    await mouse.down();
    await mouse.move(...at(0.74, 0.22), { steps: 8 });
    await mouse.move(...at(0.47, 0.82), { steps: 12 });
    await mouse.up();
  }

  /** What the network takes the drawing for. */
  async verdict(): Promise<number> {
    const verdict = this.page.locator(".verdict:not([data-class=''])");
    await verdict.waitFor();
    return Number(await verdict.getAttribute("data-class"));
  }

  /** What was tried so far was meant to be. */
  forgive(): void {
    this.violations.length = 0;
    this.server.violations.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.server.close();
    leftBehind.push(...this.violations, ...this.server.violations);
  }
}

/** What visitors who have left saw tried against the policy: no test passes with any. An error of `asyncDispose` would hide the test's own. */
const leftBehind: string[] = [];

function expectNoViolation(): void {
  expect(leftBehind.splice(0), "against the Content-Security-Policy").toEqual([]);
}
afterEach(expectNoViolation);
afterAll(expectNoViolation);

/** Runs in the page, before anything of it does. Workers have no such listener: the browser reports theirs to the host. */
function listenToViolations(): void {
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
    const violation = `${violatedDirective}: ${blockedURI} at ${sourceFile}:${lineNumber}`;
    (Reflect.get(globalThis, "reportViolation") as (violation: string) => void)(violation);
  });
}
