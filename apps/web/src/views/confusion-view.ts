import { h, setText } from "../dom/h.ts";
import { inTurn } from "../dom/turns.ts";
import { paintImage } from "../drawing/paint-image.ts";
import type { Sample } from "../protocol/messages.ts";
import { selectedRun } from "../state/page-state.ts";
import { type Seen, seenNow, seenWhole } from "../state/seen.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";
import { hasWords, shortName } from "./draw-view.ts";

const CLASSES = Array.from({ length: 10 }, (_, i) => i);
/** So many images of a cell are shown. */
const SHOWN = 60;

/** How often each class was taken for each; a cell shows its images. */
export function confusionView({ say, watch, state, controller, onEnd }: Context): HTMLElement {
  const cells = CLASSES.map((truth) =>
    CLASSES.map((taken) =>
      h(
        "button",
        { type: "button", class: truth === taken ? "cell diagonal" : "cell", onclick: () => void open(truth, taken) },
        "0",
      ),
    ),
  );
  const columns = CLASSES.map(() => h("th", { scope: "col" }));
  const rows = CLASSES.map(() => h("th", { scope: "row" }));
  const table = h(
    "table",
    { class: "confusion" },
    h("caption", { class: "unseen" }, say("confusion")),
    h("thead", {}, h("tr", {}, h("td", { class: "corner" }, `${say("truth")} \\ ${say("taken")}`), ...columns)),
    h(
      "tbody",
      {},
      ...cells.map((line, truth) => h("tr", {}, rows[truth] as HTMLElement, ...line.map((cell) => h("td", {}, cell)))),
    ),
  );
  const basis = h("p", { class: "count" });
  const empty = h("p", { class: "empty" }, say("confusionEmpty"));
  const title = h("h3", {});
  const images = h("ul", { class: "tiles small" });
  const panel = h(
    "div",
    { class: "panel", role: "region", hidden: true },
    h("div", { class: "row" }, title, h("button", { type: "button", class: "quiet", onclick: close }, say("close"))),
    images,
  );
  const name = (label: number) => shortName(state().sample?.classes[label], label);

  /** All test images where they are known and newer, else the first ones as they are now. */
  function seenHere(): Seen | null {
    const { activity } = state();
    const whole = seenWhole(selectedRun(state()));
    return activity === null || whole !== null ? (whole ?? seenNow(state())) : seenNow(state());
  }

  const showNow = () => show(state().sample, seenHere());

  function show(sample: Sample | null, seen: Seen | null): void {
    const isThere = sample !== null && seen !== null;
    table.hidden = !isThere;
    empty.hidden = isThere;
    if (!isThere) {
      setText(basis, "");
      return;
    }
    table.classList.toggle("words", hasWords(sample));
    const counts = countsOf(sample.labels, seen.predictions);
    const most = Math.max(1, ...counts.flatMap((line, t) => line.filter((_, p) => p !== t)));
    for (const [truth, line] of counts.entries()) {
      setText(rows[truth] as HTMLElement, name(truth));
      setText(columns[truth] as HTMLElement, name(truth));
      const all = Math.max(
        1,
        line.reduce((sum, count) => sum + count, 0),
      );
      for (const [taken, count] of line.entries()) {
        const cell = cells[truth]?.[taken] as HTMLButtonElement;
        const share = (count / (truth === taken ? all : most)).toFixed(2);
        if (cell.style.getPropertyValue("--share") !== share) cell.style.setProperty("--share", share);
        if (cell.textContent === String(count) && cell.title !== "") continue;
        cell.textContent = String(count);
        cell.disabled = count === 0;
        cell.title = say("cell", { count, truth: name(truth), taken: name(taken) });
        cell.setAttribute("aria-label", cell.title);
      }
    }
    setText(basis, say(seen.isWhole ? "confusionAll" : "confusionSample"));
  }

  async function open(truth: number, taken: number): Promise<void> {
    const { sample } = state();
    const seen = seenHere();
    if (sample === null || seen === null) return;
    const positions = [...seen.predictions.keys()].filter(
      (i) => sample.labels[i] === truth && seen.predictions[i] === taken,
    );
    const shown = positions.slice(0, SHOWN);
    const bytes = await controller.images(shown);
    if (bytes === null) return;
    const words = say("cellTitle", { truth: name(truth), taken: name(taken), count: positions.length });
    setText(
      title,
      shown.length < positions.length
        ? `${words} (${say("firstOf", { shown: shown.length, count: positions.length })})`
        : words,
    );
    panel.setAttribute("aria-label", words);
    images.replaceChildren(
      ...shown.map((at, i) => {
        const canvas = h("canvas", { "aria-hidden": "true" });
        paintImage(canvas, bytes.subarray(i * 784, (i + 1) * 784));
        const sure = Math.round((100 * (seen.confidences[at] as number)) / 255);
        return h("li", { class: truth === taken ? "right" : "wrong" }, canvas, h("span", { class: "tag" }, `${sure}%`));
      }),
    );
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
  }

  function close(): void {
    panel.hidden = true;
  }

  const end = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
  };
  document.addEventListener("keydown", end);
  onEnd(() => document.removeEventListener("keydown", end));
  watch((s) => [s.selected], close);
  watch(
    (s) => [s.sample, s.look, s.runs.find(({ id }) => id === s.selected)?.predictions],
    () => inTurn(showNow),
  );
  return card(
    "confusion-card",
    say("confusion"),
    h("p", { class: "about" }, say("confusionHint")),
    h("div", { class: "scroll-x" }, table),
    basis,
    panel,
    empty,
  );
}

/** `counts[t][p]` images of class `t` were taken for `p`. */
export function countsOf(labels: Uint8Array, predictions: Uint8Array): number[][] {
  const counts = CLASSES.map(() => CLASSES.map(() => 0));
  for (const [i, taken] of predictions.entries()) {
    const line = counts[labels[i] as number];
    if (line !== undefined) line[taken] = (line[taken] ?? 0) + 1;
  }
  return counts;
}
