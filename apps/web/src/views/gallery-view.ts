import { h, setText } from "../dom/h.ts";
import { paintImage } from "../drawing/paint-image.ts";
import type { Sample } from "../protocol/messages.ts";
import { type Seen, seenNow } from "../state/seen.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";
import { shortName } from "./draw-view.ts";

/** So many digits are on the wall. */
const SHOWN = 60;
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
    return { item: h("li", {}, canvas, label), canvas, label, at: -1 };
  });
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
    show(state().sample, seenNow(state()));
  }

  function show(sample: Sample | null, seen: Seen | null): void {
    empty.hidden = sample !== null;
    list.hidden = sample === null;
    if (sample === null) return;
    const total = sample.images.length / PIXELS;
    const isWrong = (i: number) => seen !== null && seen.predictions[i] !== sample.labels[i];
    const positions = Array.from({ length: total }, (_, i) => i)
      .filter((i) => !onlyWrong || isWrong(i))
      .slice(0, SHOWN);
    const visible = positions.map((at, i) => {
      const tile = tiles[i] as (typeof tiles)[number];
      place(tile, at, sample, seen);
      return tile.item;
    });
    if (list.children.length !== visible.length) list.replaceChildren(...visible);
    const right = Array.from({ length: total }, (_, i) => i).filter((i) => !isWrong(i)).length;
    setText(count, seen === null ? "" : visible.length === 0 ? say("noneWrong") : say("rightOf", { right, total }));
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

  watch(
    (s) => [s.sample, s.look, s.runs.find(({ id }) => id === s.selected)?.predictions],
    () => show(state().sample, seenNow(state())),
  );
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
