import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

test("a mirror that stalls is left for the next one, and the page tells whom it asks", async () => {
  await using visitor = await Visitor.arrive({ server: { data: "stall" }, context: { serviceWorkers: "block" } });
  await visitor.context.route("https://cdn.jsdelivr.net/**", (route) => {
    const [, file = ""] = /\/([^/]+)$/.exec(route.request().url()) ?? [];
    const headers = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };
    return route.fulfill({ headers, body: readFileSync(join(inject("site"), "data/mnist", file)) });
  });
  await visitor.open("device=wasm&epochs=1000&hidden=8");
  await visitor.press("start");
  await visitor.page.getByText(/train-images-idx3-ubyte.gz from 127.0.0.1.*: 4\.\d of 9\.\d MB/).waitFor();
  await visitor.page.getByText(/from cdn.jsdelivr.net/).waitFor({ timeout: 30_000 });
  await visitor.until("Training");
  await visitor.reached(1, 5);
  expect(visitor.complaints).toEqual([]);
});

test("where no mirror answers the page says what each said, and can be asked again", async () => {
  await using visitor = await Visitor.arrive({ server: { data: "absent" }, context: { serviceWorkers: "block" } });
  await visitor.context.route(/^https:/, (route) => route.abort());
  await visitor.open("device=wasm");
  await visitor.press("start");
  const notice = visitor.page.locator(".notice.error");
  await notice.waitFor();
  await expect
    .poll(() => notice.textContent(), POLL)
    .toMatch(/The images could not be downloaded[\s\S]*Tried http:\/\/127[\s\S]*404[\s\S]*cdn.jsdelivr.net/);
  await visitor.until("Ready");
  await visitor.page.locator("[data-do=start]").waitFor();
});
