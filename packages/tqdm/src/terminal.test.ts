import { afterEach, expect, test, vi } from "vitest";
import { withEnvironment } from "./options.ts";
import { supportsUnicode } from "./terminal.node.ts";
import { terminal as web } from "./terminal.web.ts";

afterEach(() => vi.restoreAllMocks());

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
  expect(supportsUnicode(env, platform)).toBe(expected);
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
  expect(withEnvironment({ desc: "mine", total: undefined }, env)).toEqual({
    desc: "mine",
    ncols: 60,
    unitScale: true,
    disable: false,
  });
  expect(() => withEnvironment({}, { TQDM_NCOLS: "wide" })).toThrow("TQDM_NCOLS");
});

test("in a page there is nowhere to draw, and write goes to the console", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  expect(web.stderr).toBe(null);
  web.stdout.write("line\n");
  expect(log).toHaveBeenCalledWith("line");
});
