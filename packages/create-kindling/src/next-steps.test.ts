import { resolve } from "node:path";
import { expect, test } from "vitest";
import { nextSteps } from "./next-steps.ts";
import { templateNamed } from "./templates.ts";

const cwd = resolve("work");

test.each([
  ["npm", ["cd my-app", "npm install", "npm test", "npm run dev"]],
  ["pnpm", ["cd my-app", "pnpm install", "pnpm run test", "pnpm run dev"]],
  ["yarn", ["cd my-app", "yarn install", "yarn run test", "yarn run dev"]],
  ["bun", ["cd my-app", "bun install", "bun run test", "bun run dev"]],
  ["deno", ["cd my-app", "deno install", "deno task test", "deno task dev"]],
] as const)("in the commands of %s", (agent, steps) => {
  expect(nextSteps(cwd, resolve(cwd, "my-app"), templateNamed("vite-train"), agent)).toEqual(steps);
});

test("a library has nothing to start, the current folder needs no cd, and spaces are quoted", () => {
  expect(nextSteps(cwd, cwd, templateNamed("library"), "npm")).toEqual(["npm install", "npm test"]);
  expect(nextSteps(cwd, resolve(cwd, "my app"), templateNamed("node-train"), "npm")).toEqual([
    'cd "my app"',
    "npm install",
    "npm test",
    "npm start",
  ]);
});
