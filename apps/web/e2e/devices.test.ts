import { expect, test } from "vitest";
import { POLL } from "./setup/poll.ts";
import { Visitor } from "./setup/visitor.ts";

test.each([
  ["webgpu", "batchSize=50&hidden=16"],
  ["webgl", "batchSize=50&hidden=16"],
  ["cpu", "batchSize=50&hidden=16"],
  ["wasm", "model=cnn&batchSize=8"],
])("a few steps on %s (%s)", async (device, settings) => {
  await using visitor = await Visitor.arrive();
  await visitor.open(`device=${device}&${settings}`);
  await visitor.press("start");
  await visitor.reached(1, 4);
  await visitor.press("stop");
  await visitor.until("Stopped in epoch 1 of 10");
  await expect.poll(() => visitor.page.locator(".position").textContent(), POLL).toBe(`Computed on ${device}`);
  await visitor.drawSeven();
  await expect.poll(() => visitor.verdict(), POLL).toBeGreaterThanOrEqual(0);
  // The software that plays a graphics card here warns that it is one.
  expect(visitor.complaints.filter((text) => !/GPU stall|fallback|SwiftShader|powerPreference/i.test(text))).toEqual(
    [],
  );
});

test("a page that is not isolated trains all the same", async () => {
  await using visitor = await Visitor.arrive({ server: { isolated: false }, context: { serviceWorkers: "block" } });
  await visitor.open("device=wasm&epochs=1&hidden=16&batchSize=1000");
  expect(await visitor.page.evaluate(() => crossOriginIsolated)).toBe(false);
  await visitor.press("start");
  await visitor.until("Done: 1 epoch");
  expect(visitor.complaints).toEqual([]);
});

test("the service worker isolates a page whose host does not", async () => {
  await using visitor = await Visitor.arrive({ server: { isolated: false } });
  await visitor.open();
  await visitor.page.evaluate(() => navigator.serviceWorker.ready);
  await visitor.page.reload();
  expect(await visitor.page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test("a device that is lost is told of, and the training goes on", async () => {
  await using visitor = await Visitor.arrive({ context: { serviceWorkers: "block" } });
  // A worker that asks for a device leaves it where the test finds it.
  await visitor.beforeWorkers(`(${exposeDevice})();`);
  await visitor.open("device=webgpu&batchSize=20&hidden=8");
  await visitor.press("start");
  await visitor.reached(1, 3);
  const first = visitor.trainer();
  await first.evaluate(() => (Reflect.get(globalThis, "losable") as GPUDevice).destroy());
  await visitor.page.getByText(/Training was interrupted \(.*webgpu device was lost/).waitFor();
  // Until another worker trains, the page shows where the first one was.
  await expect.poll(() => visitor.trainers().filter((worker) => worker !== first).length, POLL).toBe(1);
  await visitor.until("Training");
  await visitor.reached(1, 2);
  await visitor.press("stop");
  await visitor.until("Stopped in epoch 1 of 10");
});

function exposeDevice(): void {
  const { prototype } = GPUAdapter;
  const { requestDevice } = prototype;
  prototype.requestDevice = async function (how) {
    const device = await requestDevice.call(this, how);
    Object.assign(globalThis, { losable: device });
    return device;
  };
}
