import { h, setText } from "../dom/h.ts";
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
  let isAtEnd = true;
  box.addEventListener("scroll", () => {
    isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 8;
  });
  watch(
    (s) => [selectedRun(s)?.rows],
    (rows = []) => {
      for (const [i, row] of rows.entries()) {
        const line = body.rows[i] ?? body.appendChild(emptyLine());
        const texts = [String(row.epoch), ...COLUMNS.map((name) => four(row[name]))];
        for (const [k, text] of texts.entries()) setText(line.cells[k] as Element, text);
      }
      for (const stale of [...body.rows].slice(rows.length)) stale.remove();
      empty.hidden = rows.length > 0;
      box.hidden = rows.length === 0;
      // With the frame: where the end is, the layout tells, which is made then anyway.
      if (isAtEnd) requestAnimationFrame(() => box.scrollTo(0, box.scrollHeight));
    },
  );
  return card("epochs", say("epochTable"), box, empty);
}

function emptyLine(): HTMLTableRowElement {
  return h("tr", {}, h("th", { scope: "row" }), ...COLUMNS.map(() => h("td", {})));
}
