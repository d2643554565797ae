import { h } from "../dom/h.ts";

let count = 0;

/** A part of the page under a heading, which names it for screen readers. */
export function card(name: string, title: string, ...children: readonly (Node | null)[]): HTMLElement {
  count += 1;
  const id = `card-${count}`;
  const section = h("section", { class: `card ${name}`, "aria-labelledby": id }, h("h2", { id }, title), ...children);
  return section;
}
