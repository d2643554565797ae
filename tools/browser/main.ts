import { fetchBrowser } from "./fetch.ts";
import { findBrowser } from "./find.ts";
import { missing } from "./missing.ts";

// Part of setting up for the tests: a browser is found, or else fetched, or else one line says what is left out.
if (findBrowser() === undefined) {
  process.stderr.write("kindling: browser ...\n");
  fetchBrowser();
  if (findBrowser() === undefined) process.stderr.write(`kindling: ${missing}\n`);
}
