import { defineConfig } from "vite";

export default defineConfig({
  // The site works in any folder of a host.
  base: "./",
});
