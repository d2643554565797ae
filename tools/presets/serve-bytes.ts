import { createReadStream, statSync } from "node:fs";
import type { Plugin } from "vite";

/**
 * Serves files that tests in a page fetch as the bytes that they are; `pattern` says which, by their path. Vite takes what has no extension for a
 * module, and fails to parse it.
 */
export function serveBytes(pattern: RegExp): Plugin {
  return {
    name: "kindling:serve-bytes",
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const [, path] = /^\/@fs(\/[^?]+)/.exec(decodeURI(request.url ?? "")) ?? [];
        if (path === undefined || !pattern.test(path)) return next();
        // On Windows the path of `/@fs/C:/...` starts with its drive.
        const file = path.replace(/^\/(?=[A-Za-z]:)/, "");
        const size = statSync(file, { throwIfNoEntry: false })?.size;
        response.statusCode = size === undefined ? 404 : 200;
        if (size === undefined) return response.end();
        response.setHeader("Content-Type", "application/octet-stream");
        response.setHeader("Content-Length", size);
        createReadStream(file).pipe(response);
      });
    },
  };
}
