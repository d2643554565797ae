import type { Plugin } from "vite";
import { PUBLIC_MIRRORS } from "../src/worker/public-mirrors.ts";

/** What a page must be served with for WebAssembly to have threads: https://web.dev/articles/coop-coep */
export const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
} as const;

/**
 * What the page may load and run, https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP: nothing but its own files, and no script that
 * stands in the page or in a string. A script that somebody gets into the page does not run, and has nowhere to send anything.
 */
const POLICY: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'none'"],
  // Compiling WebAssembly, which is not `eval`.
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  // A thread of WebAssembly is a worker whose script is part of `@kindling/backends`, and a blob.
  "worker-src": ["'self'", "blob:"],
  "style-src": ["'self'"],
  "img-src": ["'self'"],
  "manifest-src": ["'self'"],
  "connect-src": ["'self'", ...PUBLIC_MIRRORS],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
};

/** A browser takes this one from a header only. */
const HEADER_POLICY = { "frame-ancestors": ["'self'"] };

const REFERRER = "no-referrer";

/** Every header that a host should send with every file of the site. */
export const HEADERS: Readonly<Record<string, string>> = {
  ...ISOLATION,
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": written({ ...POLICY, ...HEADER_POLICY }),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": REFERRER,
};

/**
 * Puts the policy into the built page, for hosts that send no headers, and adds the file `_headers`, from which Netlify and Cloudflare
 * Pages take them. A page that is served from its sources has no policy: Vite's client adds scripts and styles of its own to it.
 */
export function headers(): Plugin {
  return {
    name: "kindling:headers",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) => {
        const charset = '<meta charset="utf-8" />';
        const [before, after, ...more] = html.split(charset);
        if (before === undefined || after === undefined || more.length > 0)
          throw new Error(`index.html has no ${charset}`);
        // The policy binds what stands below it.
        const policy = `<meta http-equiv="Content-Security-Policy" content="${written(POLICY)}" />`;
        const referrer = `<meta name="referrer" content="${REFERRER}" />`;
        return `${before}${charset}\n    ${policy}\n    ${referrer}${after}`;
      },
    },
    generateBundle() {
      const lines = Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}\n`);
      this.emitFile({ type: "asset", fileName: "_headers", source: `/*\n${lines.join("")}` });
    },
  };
}

function written(policy: typeof POLICY): string {
  return Object.entries(policy)
    .map(([what, sources]) => [what, ...sources].join(" "))
    .join("; ");
}
