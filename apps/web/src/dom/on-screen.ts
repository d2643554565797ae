/** How near the screen an element is when it counts as on it: it is drawn before it is seen. */
const MARGIN = "200px";

/** Knows whether an element is on the screen, and tells when it comes: what nobody sees need not be drawn. */
export class OnScreen {
  isThere = false;
  readonly #observer: IntersectionObserver;

  constructor(element: Element, onCome: () => void) {
    this.#observer = new IntersectionObserver(
      (entries) => {
        this.isThere = entries.at(-1)?.isIntersecting ?? false;
        if (this.isThere) onCome();
      },
      { rootMargin: MARGIN },
    );
    this.#observer.observe(element);
  }

  dispose(): void {
    this.#observer.disconnect();
  }
}
