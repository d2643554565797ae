import { scaleLinear, scaleOrdinal } from "d3-scale";
import { line } from "d3-shape";

/** A curve: `[x, y]` points in order; what is not finite leaves a gap. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  readonly dashed?: boolean;
  /** Series of one colour belong together. Default: the name. */
  readonly colour?: string;
}

export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly series: readonly Series[];
  /** What stands at x = 0, 1, 2, ... in the place of numbers. */
  readonly xNames?: readonly string[];
}

const WIDTH = 520;
const HEIGHT = 320;
/** The legend stands in the right margin, where no curve goes. */
const MARGIN = { top: 36, right: 96, bottom: 40, left: 56 };
// Okabe and Ito's colours, told apart by everybody.
const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

/** Charts side by side, as one SVG document. */
export function drawCharts(charts: readonly Chart[]): string {
  const width = WIDTH * charts.length;
  const panels = charts.map((chart, i) => `<g transform="translate(${i * WIDTH},0)">${panel(chart)}</g>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    ...panels,
    "</svg>\n",
  ].join("\n");
}

function panel({ title, xLabel, series, xNames }: Chart): string {
  const x = scaleLinear(extent(series, 0), [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLinear(extent(series, 1), [HEIGHT - MARGIN.bottom, MARGIN.top]).nice();
  const colour = scaleOrdinal<string, string>(PALETTE).domain([...new Set(series.map(colourOf))]);
  const path = line<readonly [number, number]>(
    ([px]) => x(px),
    ([, py]) => y(py),
  ).defined(([, py]) => Number.isFinite(py));
  const xTicks = (xNames?.map((_, i) => i) ?? x.ticks(8)).filter(Number.isInteger);
  const parts = [
    text((MARGIN.left + WIDTH - MARGIN.right) / 2, 20, title, 'text-anchor="middle" font-size="14"'),
    text((MARGIN.left + WIDTH - MARGIN.right) / 2, HEIGHT - 6, xLabel, 'text-anchor="middle"'),
    ...y
      .ticks(6)
      .flatMap((tick) => [
        `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${round(y(tick))}" y2="${round(y(tick))}" stroke="#ddd"/>`,
        text(MARGIN.left - 6, y(tick) + 4, y.tickFormat(6)(tick), 'text-anchor="end"'),
      ]),
    ...xTicks.map((tick) =>
      text(x(tick), HEIGHT - MARGIN.bottom + 16, xNames?.[tick] ?? String(tick), 'text-anchor="middle"'),
    ),
  ];
  for (const [i, one] of series.entries()) {
    const stroke = `stroke="${colour(colourOf(one))}" stroke-width="2"${one.dashed === true ? ' stroke-dasharray="5 3"' : ""}`;
    parts.push(`<path d="${path.digits(2)(one.points) ?? ""}" fill="none" ${stroke}/>`);
    // One epoch alone makes no line: every point is marked.
    for (const [px, py] of one.points) {
      if (Number.isFinite(py))
        parts.push(`<circle cx="${round(x(px))}" cy="${round(y(py))}" r="2.5" fill="${colour(colourOf(one))}"/>`);
    }
    const [legendX, legendY] = [WIDTH - MARGIN.right + 10, MARGIN.top + 10 + 16 * i];
    parts.push(`<line x1="${legendX}" x2="${legendX + 22}" y1="${legendY}" y2="${legendY}" ${stroke}/>`);
    parts.push(text(legendX + 28, legendY + 4, one.name, ""));
  }
  return parts.join("\n");
}

function colourOf({ colour, name }: Series): string {
  return colour ?? name;
}

/** The smallest and the largest number of one coordinate. */
function extent(series: readonly Series[], axis: 0 | 1): [number, number] {
  const values = series.flatMap(({ points }) => points.map((point) => point[axis])).filter(Number.isFinite);
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function text(x: number, y: number, content: string, attributes: string): string {
  const escaped = content.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] as string);
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped}</text>`;
}

function round(x: number): number {
  return Math.round(x * 100) / 100;
}
