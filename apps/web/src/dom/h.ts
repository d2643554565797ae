type Child = Node | string | null | undefined | false;
type Props = Readonly<Record<string, unknown>>;

/** An element: `on...` are listeners, `class` and `aria-...` attributes, everything else is set as a property where there is one. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
    } else if (name in element && !name.startsWith("aria") && name !== "list" && name !== "role") {
      Reflect.set(element, name, value);
    } else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets text where it differs: what is the same is not read out again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
