import { afterEach, expect, test, vi } from "vitest";
import { withEnvironment } from "./options.ts";
import { supportsUnicode } from "./terminal.node.ts";
import { terminal as web } from "./terminal.web.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test.each([
  [{}, "linux", true],
  [{ LANG: "en_US.UTF-8" }, "linux", true],
  [{ LANG: "ko_KR.utf8" }, "linux", true],
  [{ LC_ALL: "C", LANG: "ko_KR.EUC-KR" }, "linux", true],
  [{ LANG: "ko_KR.EUC-KR" }, "linux", false],
  [{ LC_CTYPE: "en_US", LANG: "en_US.UTF-8" }, "darwin", false],
  [{ LANG: "en_US.UTF-8", TERM: "linux" }, "linux", false],
  [{ LANG: "ko_KR.EUC-KR" }, "win32", true],
])("Unicode with %o on %s: %s", (env, platform, expected) => {
  expect(supportsUnicode((name) => (env as Record<string, string>)[name], platform)).toBe(expected);
});

test("TQDM_* variables are defaults", () => {
  const env = {
    TQDM_NCOLS: "60",
    TQDM_UNIT_SCALE: "1",
    TQDM_DISABLE: "0",
    TQDM_DESC: "x",
    TQDM_FILE: "y",
    TQDM_ODD: "z",
  };
  expect(withEnvironment({ desc: "mine", total: undefined }, (name) => (env as Record<string, string>)[name])).toEqual({
    desc: "mine",
    ncols: 60,
    unitScale: true,
    disable: false,
  });
  expect(() => withEnvironment({}, (name) => (name === "TQDM_NCOLS" ? "wide" : undefined))).toThrow("TQDM_NCOLS");
});

test("where the environment may not be read, as in Deno without --allow-env, nothing is set and nobody is asked", async () => {
  const asked: string[] = [];
  const querySync = ({ name, variable }: { name: string; variable: string }) => {
    asked.push(`${name} ${variable}`);
    return { state: variable === "TQDM_DESC" ? "granted" : "prompt" };
  };
  vi.stubGlobal("Deno", { permissions: { querySync } });
  vi.stubEnv("TQDM_DESC", "mine");
  vi.stubEnv("TQDM_NCOLS", "60");
  const closed = new Proxy(process.env, {
    get(env, name) {
      if (name !== "TQDM_DESC") throw new Error(`Requires env access to "${String(name)}"`);
      return env[name];
    },
  });
  vi.spyOn(process, "env", "get").mockReturnValue(closed);
  vi.resetModules();
  const { terminal } = await import("./terminal.node.ts");
  expect(asked).toEqual([]);
  expect(terminal.unicode).toBe(true);
  expect(withEnvironment({}, terminal.env)).toEqual({ desc: "mine" });
  expect(asked).toContain("env TERM");
});

test("in a page there is nowhere to draw, and write goes to the console", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  expect(web.stderr).toBe(null);
  web.stdout.write("line\n");
  expect(log).toHaveBeenCalledWith("line");
});
