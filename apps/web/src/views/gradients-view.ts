import { h } from "../dom/h.ts";
import { type Line, LivePlot } from "../plots/live-plot.ts";
import type { Run } from "../runs/run.ts";
import { card } from "./card.ts";
import { type Colours, runClass } from "./colours.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./format.ts";

/** How each layer's line is dashed, first to last: the first, which is farthest from the loss, is solid. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** The sizes of the gradients of each layer, of all runs that are shown. */
export function gradientsView({ say, watch, state, onEnd }: Context): HTMLElement {
  const shown = () => state().runs.filter(({ id, gradients }) => state().shown.has(id) && gradients.length > 0);
  const plot = new LivePlot({
    label: say("chartGradients"),
    xLabel: say("epoch"),
    log: true,
    lines: (colours) => shown().flatMap((run) => linesOf(run, colours)),
  });
  const keys = h("ul", { class: "layers" });
  const empty = h("p", { class: "empty" }, say("gradientsEmpty"));
  watch(
    (s) => [s.runs, s.shown],
    () => {
      const runs = shown();
      empty.hidden = runs.length > 0;
      plot.element.hidden = runs.length === 0;
      plot.draw();
    },
  );
  watch(
    (s) => [s.shown, s.runs.map(({ layers, gradients }) => `${layers}${gradients.length > 0}`).join()],
    () =>
      keys.replaceChildren(
        ...shown().flatMap((run) =>
          run.layers.map((layer, i) =>
            h(
              "li",
              {},
              h("span", { class: `dash dash-${i} ${runClass(run.number)}`, "aria-hidden": "true" }),
              `${nameOf(run, say)} ${layer}`,
            ),
          ),
        ),
      ),
  );
  const recolour = () => plot.recolour();
  watch(
    (s) => [s.theme],
    () => void requestAnimationFrame(recolour),
  );
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", recolour);
  onEnd(() => {
    system.removeEventListener("change", recolour);
    plot.dispose();
  });
  return card(
    "gradients-card",
    say("gradients"),
    h("p", { class: "about" }, say("gradientsHint")),
    plot.element,
    keys,
    empty,
  );
}

function linesOf(run: Run, colours: Colours): Line[] {
  const x = run.gradients.map((point) => point.x);
  return run.layers.map((_, i) => ({
    x,
    // A gradient of nothing has no place on a logarithmic scale.
    y: run.gradients.map(({ sizes }) => ((sizes[i] ?? 0) > 0 ? (sizes[i] as number) : null)),
    colour: colours.runOf(run.number),
    width: 1.5,
    dash: DASHES[i % DASHES.length] as readonly number[],
  }));
}
