import { h } from "../dom/h.ts";
import { selectedRun } from "../state/page-state.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";
import { four } from "./format.ts";

const COLUMNS = ["trainLoss", "trainAcc", "valLoss", "valAcc"] as const;

/** The notes' table: what each epoch of the selected run came to. */
export function epochsView({ say, watch }: Context): HTMLElement {
  const body = h("tbody", {});
  const head = h("tr", {}, ...["epoch" as const, ...COLUMNS].map((name) => h("th", { scope: "col" }, say(name))));
  const table = h(
    "table",
    { class: "numbers" },
    h("caption", { class: "unseen" }, say("epochTable")),
    h("thead", {}, head),
    body,
  );
  const empty = h("p", { class: "empty" }, say("tableEmpty"));
  const box = h("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": say("epochTable") }, table);
  watch(
    (s) => [selectedRun(s)?.rows],
    (rows = []) => {
      const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 8;
      body.replaceChildren(
        ...rows.map((row) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, String(row.epoch)),
            ...COLUMNS.map((name) => h("td", {}, four(row[name]))),
          ),
        ),
      );
      empty.hidden = rows.length > 0;
      box.hidden = rows.length === 0;
      if (isAtEnd) box.scrollTop = box.scrollHeight;
    },
  );
  return card("epochs", say("epochTable"), box, empty);
}
