// What has files, for Node, Deno and Bun. A page has none, and the package's index is for both.
export * from "@kindling/safetensors/node";
