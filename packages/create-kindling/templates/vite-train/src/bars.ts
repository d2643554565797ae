/** Fills a list with ten bars, and gives what shows the probabilities of the digits 0 to 9 in them, and the likeliest in `output`. */
export function makeBars(
  list: HTMLElement,
  output: HTMLOutputElement,
): (probabilities: readonly number[] | null) => void {
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const meter = document.createElement("meter");
    meter.setAttribute("aria-label", `Probability of ${digit}`);
    const item = document.createElement("li");
    item.append(meter);
    list.append(item);
    return { item, meter };
  });
  return (probabilities) => {
    const best = probabilities?.indexOf(Math.max(...probabilities)) ?? -1;
    output.value = best < 0 ? "–" : String(best);
    for (const [digit, { item, meter }] of bars.entries()) {
      meter.value = probabilities?.[digit] ?? 0;
      item.className = digit === best ? "best" : "";
    }
  };
}
