/**
 * Has the site kept in the browser. A newer one that was fetched during the last visit takes over now, at the beginning of this one, and the page is
 * loaded again from it: otherwise the older one would stay for as long as a tab is open, however often it is reloaded.
 */
export async function keepSite(): Promise<void> {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register("sw.js").catch(() => undefined);
  if (registration?.waiting == null) return;
  serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("take over");
}
