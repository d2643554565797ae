import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Terminal } from "./ask.ts";
import { create } from "./create.ts";
import { VERSION } from "./version.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "create-kindling-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs the command; `type` is asked for the keys to press once the terminal shows a question that it has not shown before. */
async function run(
  args: readonly string[],
  { cwd = emptyFolder(), answers }: { cwd?: string; answers?: Answers } = {},
) {
  const printed: string[] = [];
  const terminal = answers === undefined ? null : typist(answers);
  const made = await create(args, { cwd, terminal, agent: "npm", print: (text) => printed.push(text) });
  return { cwd, made, text: printed.join("\n") };
}

/** The keys to press when a question shows, by a part of it. */
type Answers = Readonly<Record<string, readonly string[]>>;

function typist(answers: Answers): Terminal {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const left = new Map(Object.entries(answers));
  let shown = "";
  output.on("data", (data) => {
    shown += data;
    for (const [question, keys] of left) {
      if (!shown.includes(question)) continue;
      left.delete(question);
      shown = "";
      void press(keys);
    }
  });
  const press = async (keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      await wait(10);
      input.write(key);
    }
  };
  onTestFinished(() => expect([...left.keys()]).toEqual([]));
  return { input, output };
}

const [ENTER, DOWN, ESCAPE] = ["\r", "\x1b[B", "\x1b"];

test("all said: a project, and what to type next", async () => {
  const { cwd, text } = await run(["my-app", "--template", "node-train"]);
  expect(existsSync(join(cwd, "my-app", "package.json"))).toBe(true);
  expect(text).toMatch(/Created my-app from node-train: \d+ files in /);
  expect(text).toContain("  cd my-app\n  npm install\n  npm test\n  npm start\n");
});

test("help and version", async () => {
  expect((await run(["--help"])).text).toMatch(/^Usage: npm create kindling@latest.*vite-predict {2}Page/s);
  expect((await run(["--version"])).text).toBe(VERSION);
});

test.each([
  [[], "Missing: a folder and --template."],
  [["my-app"], "Missing: --template."],
  [["-t", "library"], "Missing: a folder."],
])("without a terminal, %j is not enough", async (args, message) => {
  await expect(run(args)).rejects.toThrow(message);
});

test("asks for what was not said", async () => {
  const answers = { "Folder of the new project": ["nets", ENTER], Template: [DOWN, ENTER] };
  const { cwd, made } = await run([], { answers });
  expect(made).toBe(true);
  expect(existsSync(join(cwd, "nets", "vite.config.ts"))).toBe(true);
});

test("asks for another name where npm would refuse the folder's", async () => {
  const { cwd } = await run(["My Nets", "-t", "library"], { answers: { "Name of the package": [ENTER] } });
  expect(JSON.parse(readFileSync(join(cwd, "My Nets", "package.json"), "utf8")).name).toBe("my-nets");
});

test("asks before it writes into a folder in use, and no is the default", async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, "nets"));
  writeFileSync(join(cwd, "nets", "notes.txt"), "mine");
  const args = ["nets", "-t", "library"];
  const question = "it holds notes.txt";
  expect((await run(args, { cwd, answers: { [question]: [ENTER] } })).made).toBe(false);
  expect(existsSync(join(cwd, "nets", "package.json"))).toBe(false);
  expect((await run(args, { cwd, answers: { [question]: ["y"] } })).made).toBe(true);
  expect(readFileSync(join(cwd, "nets", "notes.txt"), "utf8")).toBe("mine");
});

test("Escape calls it off, and nothing is written", async () => {
  const { cwd, made } = await run(["nets"], { answers: { Template: [ESCAPE] } });
  expect(made).toBe(false);
  expect(existsSync(join(cwd, "nets"))).toBe(false);
});
