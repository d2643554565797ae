import type { Page } from "playwright";

/** Pairs of texts of the page that cover one another, each pair as `one | other`. */
export function overlappingTexts(page: Page): Promise<string[]> {
  return page.evaluate(inPage);
}

/** Runs in the page. What is only for screen readers lies outside the picture, and uPlot draws its own texts on its canvas. */
function inPage(): string[] {
  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  // Lines may touch: letters leave more room than this above and below them.
  const room = 3;
  const common = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isSeen = ({ left, top, right, bottom }: Box): boolean => right - left > room && bottom - top > room;
  /** The part of it that no box with scroll bars cuts off. */
  const seenPart = (box: Box, inside: Element): Box => {
    let seen = box;
    for (let above: Element | null = inside; above !== null; above = above.parentElement) {
      if (getComputedStyle(above).overflow !== "visible") seen = common(seen, above.getBoundingClientRect());
    }
    return seen;
  };

  // Otherwise parts that are off the screen are not laid out.
  for (const part of document.querySelectorAll<HTMLElement>("#page *")) {
    if (getComputedStyle(part).contentVisibility === "auto") part.style.contentVisibility = "visible";
  }
  const lines: { readonly text: string; readonly box: Box }[] = [];
  const walker = document.createTreeWalker(document.querySelector("#page") as Element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const text = (node.textContent ?? "").trim();
    const parent = node.parentElement as Element;
    if (text === "" || parent.closest(".unseen, .skip, .uplot, option") !== null) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const whole of range.getClientRects()) {
      const box = seenPart(whole, parent);
      if (isSeen(box)) lines.push({ text, box });
    }
  }
  const pairs = lines.flatMap((one, i) =>
    lines
      .slice(i + 1)
      .filter(({ box }) => isSeen(common(one.box, box)))
      .map(({ text }) => `${one.text} | ${text}`),
  );
  return [...new Set(pairs)];
}
