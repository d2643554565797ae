import type uPlot from "uplot";
import type { Colours } from "../views/colours.ts";
import type { Line } from "./line.ts";

export interface PlotLook {
  readonly xLabel: string;
  /** A logarithmic scale. */
  readonly log?: boolean;
  /** Where the vertical axis ends, if that is fixed. */
  readonly top?: number;
}

const FONT = "12px system-ui, sans-serif";

/** Axes, scales and lines as uPlot takes them. */
export function optionsOf(
  { xLabel, log = false, top }: PlotLook,
  { text, line, surface }: Pick<Colours, "text" | "line" | "surface">,
  lines: readonly Line[],
): Omit<uPlot.Options, "width" | "height"> {
  const axis: uPlot.Axis = {
    stroke: text,
    font: FONT,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
  };
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    padding: [8, 12, 0, 0],
    scales: {
      x: {
        time: false,
        range: (_plot, least, most) => [least === most ? 0 : Math.min(0, least), Math.max(most, 0.1)],
      },
      y: log
        ? { distr: 3 }
        : { range: (_plot, least, most) => (top === undefined ? [0, most * 1.05 || 1] : [floorOf(least), top]) },
    },
    axes: [
      { ...axis, label: xLabel, labelSize: 18, labelFont: FONT, size: 34, space: 50 },
      { ...axis, size: 52, values: (_plot, values) => values.map((value) => (value === null ? "" : tick(value))) },
    ],
    series: [{}, ...lines.map((each) => seriesOf(each, surface))],
  };
}

function seriesOf({ colour, dash, width = 2, marks, strength = 1 }: Line, ground: string): uPlot.Series {
  return {
    stroke: colour,
    width,
    alpha: strength,
    spanGaps: true,
    points: { show: marks !== undefined, size: 6, fill: marks === "hollow" ? ground : colour, stroke: colour },
    ...(dash !== undefined && { dash: [...dash] }),
  };
}

/** A tenth below the least, so that the difference between good and better is seen. */
function floorOf(least: number): number {
  return Math.max(0, Math.floor(least * 10) / 10);
}

function tick(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(0).replace("e-", "e−");
  return String(Number(value.toPrecision(3)));
}
