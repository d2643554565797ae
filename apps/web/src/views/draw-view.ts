import { h, setText } from "../dom/h.ts";
import { SIDE } from "../drawing/centre.ts";
import { Pad } from "../drawing/pad.ts";
import { paintImage } from "../drawing/paint-image.ts";
import type { Sample } from "../protocol/messages.ts";
import { datasetOf, selectedRun } from "../state/page-state.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/** A pad, and what the network takes the drawing for. */
export function drawView({ say, watch, controller, state, sheet, colours, onColours }: Context): HTMLElement {
  const pen = h("p", { class: "unseen", role: "status" });
  const hint = h("p", { class: "about", id: "draw-hint" }, say("drawHint"));
  const pad = new Pad(sheet, {
    label: say("drawPad"),
    describedBy: hint.id,
    colours,
    onDraw: (image) => controller.draw(image),
    onPen: (isDown) => setText(pen, say(isDown ? "penDown" : "penUp")),
  });
  const invitation = h("p", { class: "invitation", "aria-hidden": "true" }, say("drawFirst"));
  const button = (key: "clear" | "undo" | "fromTest", onclick: () => void) =>
    h("button", { type: "button", class: "quiet", "data-do": key, onclick }, say(key));
  const clear = button("clear", () => pad.clear());
  const undo = button("undo", () => pad.undo());
  const fromTest = button("fromTest", () => {
    const { sample } = state();
    if (sample === null) return;
    const at = Math.floor((Math.random() * sample.images.length) / SIDE ** 2);
    pad.show(sample.images.slice(at * SIDE ** 2, (at + 1) * SIDE ** 2));
  });
  const preview = h("canvas", { class: "preview", width: SIDE, height: SIDE, "aria-hidden": "true" });
  const verdict = h("p", { class: "verdict", "aria-live": "polite" });
  const bars = h("ol", { class: "bars", "aria-label": say("probabilities") });
  const rows = DIGITS.map(() => {
    const name = h("span", { class: "class" });
    const bar = h("span", { class: "bar" }, h("span", { class: "fill" }));
    const value = h("span", { class: "value" });
    return { row: h("li", {}, name, bar, value), name, fill: bar.firstElementChild as HTMLElement, value };
  });
  bars.append(...rows.map(({ row }) => row));
  const wait = h("p", { class: "empty" }, say("noNetwork"));

  watch(
    (s) => [s.drawing],
    (drawing) => {
      invitation.hidden = drawing !== null;
      preview.classList.toggle("blank", drawing === null);
      paintImage(preview, drawing ?? new Uint8Array(SIDE ** 2));
      for (const each of [clear, undo]) each.disabled = drawing === null;
    },
  );
  watch(
    (s) => [s.sample],
    (sample) => {
      fromTest.disabled = sample === null;
      for (const [i, { name }] of rows.entries()) setText(name, shortName(sample?.classes[i], i));
      bars.classList.toggle("words", hasWords(sample));
    },
  );
  watch(
    (s) => [s.probabilities, s.drawing, s.sample],
    (probabilities, drawing, sample) => {
      const most = probabilities === null || drawing === null ? -1 : probabilities.indexOf(Math.max(...probabilities));
      for (const [i, { row, fill, value }] of rows.entries()) {
        const share = most < 0 ? 0 : (probabilities?.[i] ?? 0);
        fill.style.transform = `scaleX(${share})`;
        setText(value, most < 0 ? "" : share.toFixed(3));
        row.classList.toggle("most", i === most);
      }
      verdict.dataset.class = most < 0 ? "" : String(most);
      const sure = most < 0 ? 0 : (probabilities?.[most] ?? 0);
      setText(
        verdict,
        most < 0
          ? ""
          : `${say("itIs", { class: shortName(sample?.classes[most], most) })}: ${say("sure", { percent: `${Math.round(100 * sure)}%` })}`,
      );
    },
  );
  watch(
    (s) => [s.activity === null && selectedRun(s) === null],
    (isNone) => {
      wait.hidden = !isNone;
      verdict.hidden = isNone;
    },
  );
  onColours(() => pad.paint());

  const sees = h(
    "figure",
    { class: "sees" },
    h("div", { class: "frame" }, preview),
    h("figcaption", {}, say("networkSees")),
  );
  const view = card(
    "draw",
    say("draw"),
    h("div", { class: "paper" }, pad.element, invitation),
    h("div", { class: "row" }, clear, undo, fromTest),
    h("div", { class: "outcome" }, sees, h("div", {}, verdict, wait)),
    bars,
    hint,
    pen,
  );
  const title = view.querySelector("h2") as Element;
  watch(
    (s) => [datasetOf(s)],
    (dataset) => setText(title, say(dataset === "mnist" ? "draw" : "drawClothes")),
  );
  return view;
}

/** Whether its classes have names longer than a digit. */
export function hasWords(sample: Sample | null): boolean {
  return sample !== null && sample.dataset !== "mnist";
}

/** MNIST's classes are called "7 - seven". */
export function shortName(name: string | undefined, index: number): string {
  return name === undefined || /^\d - /.test(name) ? String(index) : name;
}
