import { h, setText } from "../dom/h.ts";
import type { DamagedRun } from "../runs/read-run.ts";
import type { Run } from "../runs/run.ts";
import { card } from "./card.ts";
import { runClass } from "./colours.ts";
import type { Context } from "./context.ts";
import { describe, nameOf, percent } from "./format.ts";

/** All runs of this browser: which are on the plots, and which one is looked into. */
export function runsView({ say, watch, controller, state }: Context): HTMLElement {
  const list = h("ul", { class: "runs" });
  const empty = h("p", { class: "empty" }, say("noRuns"));
  const hint = h("p", { class: "about" }, say("runsHint"));

  function item(run: Run): HTMLElement {
    const name = nameOf(run, say);
    const { selected, shown, activity } = state();
    const swatch = h("input", {
      type: "checkbox",
      class: `swatch ${runClass(run.number)}`,
      checked: shown.has(run.id),
      "aria-label": say("showOnPlots", { run: name }),
      "data-key": `show ${run.id}`,
      onchange: () => controller.toggleShown(run.id),
    });
    const open = h(
      "button",
      {
        type: "button",
        class: "open",
        "aria-pressed": String(run.id === selected),
        title: say("lookInto", { run: name }),
        "data-key": `open ${run.id}`,
        disabled: activity !== null,
        onclick: () => controller.select(run.id),
      },
      h("span", { class: "name" }, name),
      h("span", { class: "what" }, describe(run, say)),
      h("span", { class: "best" }, bestOf(run)),
    );
    const reuse = h(
      "button",
      { type: "button", class: "quiet", onclick: () => controller.change(run.settings) },
      say("runSettings"),
    );
    const remove = removeButton(name, () => controller.remove(run.id));
    return h("li", { class: run.id === selected ? "selected" : "" }, swatch, open, reuse, remove);
  }

  function damagedItem(damaged: DamagedRun): HTMLElement {
    const { number, file, field } = damaged;
    const name =
      file !== null ? say("runFile", { file }) : number !== null ? say("run", { number }) : say("runUnknown");
    return h(
      "li",
      { class: "damaged" },
      h(
        "div",
        { class: "open" },
        h("span", { class: "name" }, name),
        h("span", { class: "what" }, field === "" ? say("damaged") : say("damagedField", { field })),
      ),
      removeButton(name, () => controller.removeDamaged(damaged)),
    );
  }

  function removeButton(run: string, remove: () => Promise<void>): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "quiet icon",
        "aria-label": say("deleteRun", { run }),
        disabled: state().activity !== null,
        onclick: () => void remove(),
      },
      "×",
    );
  }

  function bestOf({ rows }: Run): string {
    const best = Math.max(-1, ...rows.map(({ valAcc }) => valAcc).filter(Number.isFinite));
    return best < 0 ? "" : say("bestOf", { acc: percent(best) });
  }

  watch(
    (s) => [s.runs.map(({ id }) => id).join(), s.damaged, s.selected, s.shown, s.activity === null],
    () => {
      const { runs, damaged } = state();
      const focused = document.activeElement?.getAttribute("data-key");
      list.replaceChildren(...[...runs].reverse().map(item), ...damaged.map(damagedItem));
      // What had the focus has it still, though it is another element now.
      if (focused != null) list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
      const count = runs.length + damaged.length;
      empty.hidden = count > 0;
      hint.hidden = count === 0;
    },
  );
  watch(
    (s) => [s.runs.map(({ rows }) => rows.length).join()],
    () => {
      const bests = [...state().runs].reverse().map(bestOf);
      for (const [i, cell] of list.querySelectorAll(".best").entries()) setText(cell, bests[i] ?? "");
    },
  );
  return card("runs-card", say("runs"), hint, list, empty);
}
