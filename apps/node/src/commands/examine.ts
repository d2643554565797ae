import { examine as findings } from "../doctor/examine.ts";
import { terminal } from "../terminal.ts";

/** `kindling examine`: examines one device in this process, a line of JSON a finding. It is what `kindling devices` runs. */
export async function examine(name: string, options: { readonly quick?: boolean }): Promise<void> {
  for await (const finding of findings(name, options)) terminal.print(JSON.stringify(finding));
}
