import { h } from "../dom/h.ts";
import type { Line } from "../plots/line.ts";
import { LivePlot } from "../plots/live-plot.ts";
import type { Kind } from "../plots/readout.ts";
import type { Run } from "../runs/run.ts";
import type { Say } from "../text/text.ts";
import { card } from "./card.ts";
import type { Colours } from "./colours.ts";
import type { Context } from "./context.ts";
import { four, nameOf } from "./format.ts";

/** What a plot has of one run: the faint lines of all runs lie behind. */
interface RunLines {
  readonly live: Line;
  readonly epochs: readonly Line[];
}

/** Losses and accuracies of all runs that are shown, over the epochs. */
export function curvesView({ say, watch, state, colours, onColours, onEnd }: Context): HTMLElement {
  const shown = () => state().runs.filter(({ id }) => state().shown.has(id));
  const kindsWith = (live: string): Kind[] => [
    { name: say("legendTrain"), key: "solid" },
    { name: say("legendVal"), key: "dashed" },
    { name: live, key: "thin" },
  ];
  const [lossKinds, accuracyKinds] = [kindsWith(say("legendLive")), kindsWith(say("legendSample"))];
  const plot = (label: string, kinds: readonly Kind[], lines: (run: Run, palette: Colours) => RunLines, top?: number) =>
    new LivePlot({
      label,
      keys: say("plotKeys"),
      xLabel: say("epoch"),
      format: four,
      kinds,
      colours,
      ...(top !== undefined && { top }),
      lines: (palette) => {
        const all = shown().map((run) => lines(run, palette));
        return [...all.map(({ live }) => live), ...all.flatMap(({ epochs }) => epochs)];
      },
    });
  const loss = plot(say("chartLoss"), lossKinds, (run, palette) => ({
    live: liveLoss(run, palette, say),
    epochs: epochLines(run, palette, say, "trainLoss", "valLoss"),
  }));
  const accuracy = plot(
    say("chartAccuracy"),
    accuracyKinds,
    (run, palette) => ({
      live: liveAccuracy(run, palette, say),
      epochs: epochLines(run, palette, say, "trainAcc", "valAcc"),
    }),
    1,
  );
  const plots = [loss, accuracy];
  const empty = h("p", { class: "empty" }, say("chartEmpty"));
  const chart = (title: string, plot: LivePlot, kinds: readonly Kind[]) =>
    h(
      "figure",
      { class: "chart" },
      h("figcaption", {}, h("span", { class: "what" }, title), legend(kinds)),
      plot.element,
    );
  const charts = h(
    "div",
    { class: "charts" },
    chart(say("loss"), loss, lossKinds),
    chart(say("accuracy"), accuracy, accuracyKinds),
    empty,
  );
  watch(
    (s) => [s.runs, s.shown],
    (runs, ids) => {
      for (const plot of plots) plot.draw();
      const visible = runs.filter(({ id }) => ids.has(id));
      empty.hidden = visible.some(({ rows, curve }) => rows.length + curve.length > 0);
      const words = visible.flatMap((run) =>
        run.rows.slice(-1).map((row) => `${run.number}: ${four(row.valLoss)}, ${four(row.valAcc)}`),
      );
      loss.picture.setAttribute("aria-label", [say("chartLoss"), ...words].join("; "));
    },
  );
  for (const plot of plots) {
    onColours(() => plot.recolour());
    onEnd(() => plot.dispose());
  }
  const view = card("curves", `${say("loss")}, ${say("accuracy")}`, charts);
  view.querySelector("h2")?.classList.add("unseen");
  return view;
}

function legend(kinds: readonly Kind[]): HTMLElement {
  return h("span", { class: "legend" }, ...kinds.map(({ name, key }) => h("span", { class: `key ${key}` }, name)));
}

/** Thin and faint, behind the lines of the epochs. */
const LIVE = { width: 1, strength: 0.4 } as const;

function liveLoss(run: Run, colours: Colours, say: Say): Line {
  const x = run.curve.map((point) => point.x);
  const y = run.curve.map(({ loss }) => finite(loss));
  return { x, y, run: nameOf(run, say), kind: say("legendLive"), colour: colours.runOf(run.number), ...LIVE };
}

function liveAccuracy(run: Run, colours: Colours, say: Say): Line {
  const points = run.curve.filter(({ acc }) => acc !== undefined);
  const x = points.map((point) => point.x);
  const y = points.map(({ acc }) => acc as number);
  return { x, y, run: nameOf(run, say), kind: say("legendSample"), colour: colours.runOf(run.number), ...LIVE };
}

/** A solid line for what it learns from, a dashed one for what it is tested with. */
function epochLines(run: Run, colours: Colours, say: Say, train: string, val: string): Line[] {
  const look = { run: nameOf(run, say), colour: colours.runOf(run.number) };
  const x = run.rows.map(({ epoch }) => epoch);
  const column = (name: string) => run.rows.map((row) => finite(row[name] as number));
  const lines: Line[] = [
    { x, y: column(train), kind: say("legendTrain"), ...look, marks: "full" },
    { x, y: column(val), kind: say("legendVal"), ...look, marks: "hollow", dash: [6, 4] },
  ];
  return lines.filter(({ y }) => y.some((value) => value !== null));
}

/** A loss that has run away is a gap. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
