#!/usr/bin/env node
import process from "node:process";
import { getUserAgent } from "package-manager-detector/detect";
import { create } from "./create.ts";
import { CreateError } from "./create-error.ts";

const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY && !process.env.CI);

try {
  const made = await create(process.argv.slice(2), {
    cwd: process.cwd(),
    terminal: isTerminal ? {} : null,
    agent: getUserAgent() ?? "npm",
    print: (text) => console.log(text),
  });
  if (!made) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CreateError)) throw error;
  console.error(`create-kindling: ${error.message}`);
  process.exitCode = 1;
}
