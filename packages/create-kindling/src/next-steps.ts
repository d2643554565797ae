import { relative } from "node:path";
import type { AgentName } from "package-manager-detector";
import { resolveCommand } from "package-manager-detector/commands";
import type { Template } from "./templates.ts";

/** What to type next, a line a command. */
export function nextSteps(cwd: string, folder: string, template: Template, agent: AgentName): string[] {
  const path = relative(cwd, folder);
  const scripts = ["test", ...(template.script === null ? [] : [template.script])];
  return [
    ...(path === "" ? [] : [`cd ${/\s/.test(path) ? `"${path}"` : path}`]),
    commandOf(agent, "install", []),
    ...scripts.map((script) => commandOf(agent, "run", [script])),
  ];
}

function commandOf(agent: AgentName, command: "install" | "run", args: string[]): string {
  const resolved = resolveCommand(agent, command, args) ?? { command: "npm", args: [command, ...args] };
  const line = [resolved.command, ...resolved.args].join(" ");
  // Spelled out, as in the READMEs; npm's scripts of these names need no `run`.
  return line.replace(/ i$/, " install").replace(/^npm run (test|start)$/, "npm $1");
}
