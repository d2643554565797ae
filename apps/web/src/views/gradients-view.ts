import { h } from "../dom/h.ts";
import type { Line } from "../plots/line.ts";
import { LivePlot } from "../plots/live-plot.ts";
import type { Run } from "../runs/run.ts";
import type { Say } from "../text/text.ts";
import { card } from "./card.ts";
import { type Colours, runClass } from "./colours.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./format.ts";

/** How each layer's line is dashed, first to last: the first, which is farthest from the loss, is solid. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** The sizes of the gradients of each layer, of all runs that are shown. */
export function gradientsView({ say, watch, state, colours, onColours, onEnd }: Context): HTMLElement {
  const shown = () => state().runs.filter(({ id, gradients }) => state().shown.has(id) && gradients.length > 0);
  const plot = new LivePlot({
    label: say("chartGradients"),
    keys: say("plotKeys"),
    xLabel: say("epoch"),
    log: true,
    format: (value) => value.toExponential(1).replace("e-", "e−"),
    colours,
    lines: (palette) => shown().flatMap((run) => linesOf(run, palette, say)),
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
  onColours(() => plot.recolour());
  onEnd(() => plot.dispose());
  return card(
    "gradients-card",
    say("gradients"),
    h("p", { class: "about" }, say("gradientsHint")),
    plot.element,
    keys,
    empty,
  );
}

function linesOf(run: Run, colours: Colours, say: Say): Line[] {
  const x = run.gradients.map((point) => point.x);
  return run.layers.map((layer, i) => ({
    x,
    // A gradient of nothing has no place on a logarithmic scale.
    y: run.gradients.map(({ sizes }) => ((sizes[i] ?? 0) > 0 ? (sizes[i] as number) : null)),
    run: nameOf(run, say),
    kind: layer,
    colour: colours.runOf(run.number),
    width: 1.5,
    dash: DASHES[i % DASHES.length] as readonly number[],
  }));
}
