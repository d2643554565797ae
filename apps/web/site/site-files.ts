import type { Plugin } from "vite";

/** A file of the site that is no module: where it lies there, and its bytes when they are asked for. */
export interface SiteFile {
  readonly path: string;
  readonly type: string;
  read(): Promise<Uint8Array>;
}

/** Serves files while developing, and puts them into the site when it is built. */
export function siteFiles(files: readonly SiteFile[]): Plugin {
  return {
    name: "kindling:site-files",
    configureServer({ middlewares }) {
      middlewares.use(async (request, response, next) => {
        const path = new URL(request.url ?? "", "http://page").pathname.slice(1);
        const file = files.find((candidate) => candidate.path === path);
        if (file === undefined) return next();
        const bytes = await file.read();
        response.writeHead(200, { "Content-Type": file.type, "Content-Length": bytes.length }).end(bytes);
      });
    },
    async generateBundle() {
      for (const { path, read } of files) this.emitFile({ type: "asset", fileName: path, source: await read() });
    },
  };
}
