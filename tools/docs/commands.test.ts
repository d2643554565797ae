import { describe, expect, test } from "vitest";
import { checkCommands } from "./commands.ts";

const workspace = {
  root: {
    name: "root",
    private: true,
    scripts: { start: "node .", test: "vitest", unit: "vitest" },
    devDependencies: { tsx: "4" },
  },
  packages: [
    { name: "@kindling/core", peerDependencies: { engine: "1.2.3", loose: ">=0.6.2 <0.7" } },
    { name: "@kindling/tool", bin: { tool: "./cli.js" } },
    { name: "@kindling/web", private: true, scripts: { dev: "vite" } },
    { name: "create-kindling" },
  ],
  files: ["tools/main.mjs"],
};

const problems = (command: string) => [
  ...checkCommands([{ path: "a.md", text: `\`\`\`sh\n${command}\n\`\`\`\n` }], workspace),
];

describe("commands that work", () => {
  test.each([
    "npm start -- --seed 1",
    "npm test && npm run unit   # all",
    "npm install",
    "npm install @kindling/core left-pad",
    "npm install --ignore-scripts engine@1.2.3 loose@0.6",
    "npm create kindling my-app -- --template node-train",
    "npm create vite",
    "npx @kindling/tool --version 2",
    "npx tsx file.ts",
    "npx pnpm@12 install",
    "pnpm --filter @kindling/web dev",
    "pnpm unit -t name",
    "node tools/main.mjs",
    "node app.js",
    "A=1 npm start",
    "sudo apt install g++",
  ])("%s", (command) => {
    expect(problems(command)).toEqual([]);
  });
});

describe("commands that do not", () => {
  test.each([
    ["npm run gone", 'root has no script "gone"'],
    ["pnpm gone", 'root has no script "gone"'],
    ["npm start; pnpm --filter @kindling/web gone", '@kindling/web has no script "gone"'],
    ["pnpm --filter @kindling/gone dev", "there is no package @kindling/gone"],
    ["npm install @kindling/gone", "@kindling/gone is not published"],
    ["npm install @kindling/web", "@kindling/web is not published"],
    ["npm install engine@1.2.4", "engine is needed in version 1.2.3"],
    ["npm install engine", "engine is needed in version 1.2.3"],
    ["npm install loose@0.5", "loose is needed in version >=0.6.2 <0.7"],
    ["npx kindling devices", 'npx would run a package "kindling" that is not ours'],
    ["A=1 npx @kindling/core", 'npx would run a package "@kindling/core" that is not ours'],
    ["node tools/gone.mjs", "there is no file tools/gone.mjs"],
  ])("%s", (command, problem) => {
    expect(problems(command)).toEqual([expect.stringContaining(problem)]);
  });

  test("in backticks too, with their line", () => {
    expect(checkCommands([{ path: "a.md", text: "One.\nType `npm run gone`." }], workspace)).toEqual([
      'a.md:2: "npm run gone": root has no script "gone"',
    ]);
  });
});
