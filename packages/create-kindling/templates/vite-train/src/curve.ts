/** Shows how the loss falls, a point a step: the pale line is each batch, the bold one their running mean. */
export class Curve {
  readonly #canvas: HTMLCanvasElement;
  #losses: number[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  clear(): void {
    this.#losses = [];
    this.#paint();
  }

  add(loss: number): void {
    this.#losses.push(loss);
    this.#paint();
  }

  #paint(): void {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    context.clearRect(0, 0, width, height);
    const style = getComputedStyle(this.#canvas);
    const highest = Math.max(...this.#losses, 1e-6);

    const line = (values: readonly number[], colour: string, thickness: number): void => {
      context.beginPath();
      for (const [i, value] of values.entries()) {
        context.lineTo((i / Math.max(1, values.length - 1)) * width, (1 - value / highest) * (height - 20) + 10);
      }
      context.strokeStyle = colour;
      context.lineWidth = thickness;
      context.stroke();
    };
    line(this.#losses, style.getPropertyValue("--edge"), 1);
    line(runningMean(this.#losses), style.getPropertyValue("--accent"), 2);
    context.fillStyle = style.color;
    context.fillText(`${highest.toFixed(2)}`, 4, 12);
    context.fillText("0", 4, height - 6);
  }
}

/** Exponential, each value counting a tenth; without the pull of a first guess. */
export function runningMean(values: readonly number[], weight = 0.1): number[] {
  let [sum, total] = [0, 0];
  return values.map((value) => {
    sum = (1 - weight) * sum + weight * value;
    total = (1 - weight) * total + weight;
    return sum / total;
  });
}
