/** One line where no browser is found: what is left out, and how to have it. */
export const missing =
  "no Chrome or Chromium is here, so no test runs in a page: install Google Chrome or Chromium, name one in CHROME, or " +
  "`npx playwright install --with-deps chromium`";
