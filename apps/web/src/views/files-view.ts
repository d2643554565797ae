import { h } from "../dom/h.ts";
import { selectedRun } from "../state/page-state.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";

/** Weights and history to take along, and a network to bring in. */
export function filesView({ say, watch, controller, state }: Context): HTMLElement {
  const model = h(
    "button",
    { type: "button", "data-do": "model", onclick: () => void downloadModel() },
    say("downloadModel"),
  );
  const history = h(
    "button",
    { type: "button", "data-do": "history", onclick: () => void downloadHistory() },
    say("downloadHistory"),
  );
  const file = h("input", {
    type: "file",
    id: "upload",
    class: "unseen",
    accept: ".safetensors",
    onchange: () => void upload(),
  });
  const label = h("label", { class: "button", htmlFor: "upload" }, say("upload"));

  async function downloadModel(): Promise<void> {
    const bytes = await controller.weights();
    if (bytes !== null) save("model.safetensors", new Blob([bytes as Uint8Array<ArrayBuffer>]));
  }

  async function downloadHistory(): Promise<void> {
    const run = selectedRun(state());
    const text = run === null ? null : await controller.history(run);
    if (text !== null) save("history.csv", new Blob([text], { type: "text/csv" }));
  }

  async function upload(): Promise<void> {
    const [chosen] = file.files ?? [];
    if (chosen === undefined) return;
    await controller.upload(chosen);
    file.value = "";
  }

  watch(
    (s) => [s.activity, selectedRun(s)],
    (activity, run) => {
      model.disabled = run === null || (activity !== null && activity.progress === null);
      history.disabled = run === null || run.rows.length === 0;
      file.disabled = activity !== null;
      label.classList.toggle("disabled", activity !== null);
    },
  );
  return card(
    "files",
    say("files"),
    h("p", { class: "about" }, say("filesHint")),
    h("div", { class: "row" }, model, history, h("span", { class: "upload" }, file, label)),
  );
}

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
