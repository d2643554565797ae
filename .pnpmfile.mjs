/**
 * What is packed differs from what stands in the workspace: `@kindling/source` points at `src`, which is not
 * published. One rule here, rather than every package's exports written twice (`publishConfig.exports`).
 */
function beforePacking(manifest) {
  for (const map of [manifest.exports, manifest.imports]) if (map) withoutSource(map);
  delete manifest.scripts;
  delete manifest.devDependencies;
  return manifest;
}

function withoutSource(conditions) {
  delete conditions["@kindling/source"];
  for (const value of Object.values(conditions)) if (value && typeof value === "object") withoutSource(value);
}

export const hooks = { beforePacking };
