import { h, setText } from "../dom/h.ts";
import { paintImage } from "../drawing/paint-image.ts";
import type { Sample } from "../protocol/messages.ts";
import { type Seen, seenNow } from "../state/seen.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";
import { hasWords, shortName } from "./draw-view.ts";

/** So many digits are on the wall. */
const SHOWN = 60;
/** And so many are placed at a time: all of them together would take longer than a frame. */
const AT_A_TIME = 10;
const PIXELS = 784;

/** Test digits with what the network takes them for, right or wrong. */
export function galleryView({ say, watch, state }: Context): HTMLElement {
  const list = h("ul", { class: "tiles", "aria-label": say("gallery") });
  const empty = h("p", { class: "empty" }, say("galleryEmpty"));
  const count = h("p", { class: "count" });
  let onlyWrong = false;
  const tiles = Array.from({ length: SHOWN }, () => {
    const canvas = h("canvas", { width: 28, height: 28, "aria-hidden": "true" });
    const label = h("span", { class: "tag" });
    return { item: h("li", { hidden: true }, canvas, label), canvas, label, at: -1 };
  });
  list.append(...tiles.map(({ item }) => item));
  const choose = (value: boolean, key: "allDigits" | "wrongDigits") =>
    h(
      "button",
      { type: "button", class: "quiet", "aria-pressed": String(value === onlyWrong), onclick: () => filter(value) },
      say(key),
    );
  const [all, wrong] = [choose(false, "allDigits"), choose(true, "wrongDigits")];

  function filter(value: boolean): void {
    onlyWrong = value;
    all.setAttribute("aria-pressed", String(!value));
    wrong.setAttribute("aria-pressed", String(value));
    summarize();
    for (let first = 0; first < SHOWN; first += AT_A_TIME) showFrom(first);
  }

  function summarize(): void {
    const { sample } = state();
    const seen = seenNow(state());
    empty.hidden = sample !== null;
    list.hidden = sample === null;
    list.classList.toggle("words", hasWords(sample));
    const total = sample === null ? 0 : sample.images.length / PIXELS;
    const wrong = sample === null || seen === null ? 0 : wrongOf(sample, seen).length;
    if (seen === null || sample === null) setText(count, "");
    else setText(count, onlyWrong && wrong === 0 ? say("noneWrong") : say("rightOf", { right: total - wrong, total }));
  }

  function showFrom(first: number): void {
    const { sample } = state();
    const seen = seenNow(state());
    const wrong = onlyWrong && sample !== null ? (seen === null ? [] : wrongOf(sample, seen)) : null;
    for (let i = first; i < first + AT_A_TIME; i++) {
      const tile = tiles[i] as (typeof tiles)[number];
      const at = wrong === null ? i : wrong[i];
      tile.item.hidden = sample === null || at === undefined;
      if (sample !== null && at !== undefined) place(tile, at, sample, seen);
    }
  }

  function place(tile: (typeof tiles)[number], at: number, sample: Sample, seen: Seen | null): void {
    if (tile.at !== at || tile.item.dataset.set !== sample.dataset) {
      tile.at = at;
      tile.item.dataset.set = sample.dataset;
      paintImage(tile.canvas, sample.images.subarray(at * PIXELS, (at + 1) * PIXELS));
    }
    const truth = sample.labels[at] as number;
    const taken = seen?.predictions[at];
    const name = (label: number) => shortName(sample.classes[label], label);
    const isRight = taken === truth;
    const className = taken === undefined ? "" : isRight ? "right" : "wrong";
    if (tile.item.className !== className) tile.item.className = className;
    setText(tile.label, taken === undefined || isRight ? name(truth) : `${name(truth)} → ${name(taken)}`);
    const title =
      taken === undefined
        ? say("tileUnknown", { truth: name(truth) })
        : say(isRight ? "tileRight" : "tile", { truth: name(truth), taken: name(taken) });
    if (tile.item.title !== title) tile.item.title = title;
  }

  const part = (show: () => void) =>
    watch((s) => [s.sample, s.look, s.runs.find(({ id }) => id === s.selected)?.predictions], show);
  part(summarize);
  for (let first = 0; first < SHOWN; first += AT_A_TIME) part(() => showFrom(first));
  return card(
    "gallery",
    say("gallery"),
    h("p", { class: "about" }, say("galleryHint")),
    h(
      "div",
      { class: "row" },
      h("div", { class: "choices", role: "group", "aria-label": say("gallery") }, all, wrong),
      count,
    ),
    list,
    empty,
  );
}

/** The positions of those in the sample that are taken for something else. */
function wrongOf({ images, labels }: Sample, { predictions }: Seen): number[] {
  const positions = Array.from({ length: images.length / PIXELS }, (_, i) => i);
  return positions.filter((i) => predictions[i] !== labels[i]);
}
