import { availableDevices } from "@kindling/backends";
import { terminal } from "../terminal.ts";

/** `kindling devices`: each device that there is, fastest first, or why there is none of it. */
export async function devices(): Promise<void> {
  const found = await availableDevices();
  const width = Math.max(...found.map(({ name }) => name.length));
  for (const { name, available, detail } of found) {
    terminal.print(`${name.padEnd(width)}  ${available ? "yes" : "no "}  ${detail}`);
  }
}
