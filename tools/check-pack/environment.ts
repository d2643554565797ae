import process from "node:process";

/**
 * The environment of a user's shell, for what cells start: without the workspace as npm's project, which the npm or pnpm that started
 * us names, and without the mode that Vite's `build` sets in this process, by which npm would leave out devDependencies.
 */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { npm_config_local_prefix: _, NODE_ENV: __, ...env } = process.env;
  return { ...env, ...more };
}
