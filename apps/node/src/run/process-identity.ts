import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";
import { promisify } from "node:util";

/**
 * A process, told apart from every other that has had or will have its number. What the system does not say is null: then less
 * is compared.
 *
 * Linux says everything. macOS and the BSDs say the start by `ps`, macOS the boot by `sysctl`. On Windows a process is its number
 * and its host, so that a number that is given again passes for the process that had it first.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Another after each start of the machine; the same in all containers on it. */
  readonly boot: string | null;
  /** The namespace that `pid` counts in: each container has its own. */
  readonly pidNamespace: string | null;
  /** When the process was started, in whatever units the system has. */
  readonly start: string | null;
}

/** `unknown`: it runs, or ran, where this process cannot look: in another container, or on another machine. */
export type Liveness = "alive" | "dead" | "unknown";

export async function thisProcess(): Promise<ProcessIdentity> {
  const [boot, pidNamespace, start] = await Promise.all([bootId(), namespaceOf("self"), startOf("self")]);
  return { pid: process.pid, host: hostname(), boot, pidNamespace, start: start === "ended" ? null : start };
}

/** Whether `other` still runs, as `here`, which is this process, can tell. */
export async function livenessOf(other: ProcessIdentity, here: ProcessIdentity): Promise<Liveness> {
  const sameHost = other.host === here.host;
  if (other.boot !== null && here.boot !== null) {
    // Containers on one machine have hosts of their own; a machine that was started anew has no process of before.
    if (other.boot !== here.boot) return sameHost ? "dead" : "unknown";
  } else if (!sameHost) return "unknown";
  if (differ(other.pidNamespace, here.pidNamespace)) return "unknown";
  if (other.pid === here.pid) return other.start !== null && other.start === here.start ? "alive" : "dead";
  if (!isThere(other.pid)) return "dead";
  const start = await startOf(other.pid);
  return start === "ended" || differ(other.start, start) ? "dead" : "alive";
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's
  }
}

async function bootId(): Promise<string | null> {
  if (process.platform === "linux") return textOf("/proc/sys/kernel/random/boot_id");
  return process.platform === "darwin" ? outputOf("sysctl", "-n", "kern.bootsessionuuid") : null;
}

async function namespaceOf(pid: number | "self"): Promise<string | null> {
  return process.platform === "linux" ? readlink(`/proc/${pid}/ns/pid`).catch(() => null) : null;
}

/** When a process was started; "ended" for one that is over and only waits for its parent to notice. */
async function startOf(pid: number | "self"): Promise<string | "ended" | null> {
  if (process.platform === "win32") return null;
  if (process.platform !== "linux") {
    return outputOf("ps", "-o", "lstart=", "-p", String(pid === "self" ? process.pid : pid));
  }
  // A /proc of another namespace counts otherwise.
  if (pid !== "self" && (await readlink("/proc/self").catch(() => "")) !== String(process.pid)) return null;
  const stat = await textOf(`/proc/${pid}/stat`);
  // The name, in brackets, may hold anything.
  const [state, ...fields] = (stat ?? "").slice((stat ?? "").lastIndexOf(")") + 2).split(" ");
  if (state === "Z" || state === "X") return "ended";
  return fields[18] ?? null;
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").then(
    (text) => text.trim(),
    () => null,
  );
}

async function outputOf(program: string, ...args: string[]): Promise<string | null> {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  return promisify(execFile)(program, args, { env }).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );
}
