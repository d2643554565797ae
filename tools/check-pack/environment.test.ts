import { expect, test, vi } from "vitest";
import { environment } from "./environment.ts";

test("what a build in this process sets reaches no user's project", () => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("npm_config_local_prefix", "/workspace");
  try {
    expect(environment({ NO_COLOR: "1" })).toMatchObject({ PATH: process.env.PATH, NO_COLOR: "1" });
    expect(Object.keys(environment())).not.toEqual(expect.arrayContaining(["NODE_ENV"]));
    expect(Object.keys(environment())).not.toEqual(expect.arrayContaining(["npm_config_local_prefix"]));
  } finally {
    vi.unstubAllEnvs();
  }
});
