import { deviceNames } from "@kindling/backends";
import { describeDevice } from "../doctor/describe-device.ts";
import { works } from "../doctor/device-report.ts";
import { examineApart } from "../doctor/examine-apart.ts";
import { terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface DevicesOptions {
  readonly device?: string;
  readonly quick?: boolean;
  readonly json?: boolean;
}

/**
 * `kindling devices`: examines each device, fastest first, or the one named; with `auto`, as `train` chooses, down to the
 * first that works. Gives the exit code: 0 when that one works, or at least the cpu.
 */
export async function devices({ device, quick = false, json = false }: DevicesOptions): Promise<number> {
  const known = deviceNames();
  const auto = device === "auto";
  if (device !== undefined && !auto && !known.includes(device)) {
    throw new UsageError(`unknown device '${device}'. Known are auto, ${known.join(", ")}`);
  }
  const names = device === undefined || auto ? known : [device];
  const width = Math.max(...names.map((name) => name.length));
  const working = new Set<string>();
  for (const name of names) {
    const report = await examineApart(name, { quick });
    if (works(report)) working.add(name);
    terminal.print(json ? JSON.stringify(report) : describeDevice(report, width));
    if (auto && working.size > 0) return 0;
  }
  return working.has(device ?? "cpu") ? 0 : 1;
}
