import { ACTIVATIONS, DATASETS, INITS, OPTIMIZERS } from "@kindling/recipes/config";
import { h, setText } from "../dom/h.ts";
import { FIELDS, parseField } from "../settings/fields.ts";
import { DEFAULT_SETTINGS, DEVICES, type Settings, withModel } from "../settings/settings.ts";
import { SITE_DATASETS } from "../settings/site-datasets.ts";
import type { TextKey } from "../text/en.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";

/** The kinds of networks, as one choice. */
const NETWORKS = ["1", "2", "cnn"] as const;

type Name = Exclude<keyof Settings, "model" | "layers"> | "network";

/** Everything that a training can be asked for. What a choice does stands below it, in a sentence. */
export function settingsView(context: Context): HTMLElement {
  const { say, state, watch, controller } = context;
  const set = (changes: Partial<Settings>) => controller.change({ ...state().settings, ...changes });
  /** The field whose sentence is shown: the one that was touched last. */
  let touched: Name | null = null;
  const shows: ((settings: Settings) => void)[] = [];
  const fields = new Map<Name, HTMLElement>();

  function field(
    name: Name,
    control: HTMLSelectElement | HTMLInputElement,
    hint: (settings: Settings) => string,
  ): HTMLElement {
    const id = `setting-${name}`;
    const words = h("p", { class: "hint", id: `${id}-hint`, "aria-live": "polite" });
    control.id = id;
    control.setAttribute("aria-describedby", words.id);
    const touch = () => {
      touched = name;
      show();
    };
    control.addEventListener("focus", touch);
    control.addEventListener("change", touch);
    shows.push((settings) => {
      if (!control.matches("[aria-invalid=true]")) setText(words, hint(settings));
      words.classList.toggle("open", touched === name || control.matches("[aria-invalid=true]"));
    });
    const box = h("div", { class: "field" }, h("label", { htmlFor: id }, say(name)), control, words);
    fields.set(name, box);
    return box;
  }

  function choice(
    name: Name,
    values: readonly string[],
    text: (value: string) => string,
    get: (s: Settings) => string,
    put: (value: string) => void,
    hint: (s: Settings) => string,
  ): HTMLElement {
    const select = h(
      "select",
      { onchange: () => put(select.value) },
      ...values.map((value) => h("option", { value }, text(value))),
    );
    shows.push((settings) => {
      select.value = get(settings);
    });
    return field(name, select, hint);
  }

  function entry(
    name: "hidden" | "batchSize" | "lr" | "epochs" | "seed",
    hint: (s: Settings) => string,
    suggestions: readonly (string | number)[] = [],
  ): HTMLElement {
    const rule = FIELDS[name];
    const list = h(
      "datalist",
      { id: `values-${name}` },
      ...suggestions.map((value) => h("option", { value: String(value) })),
    );
    const input = h("input", {
      type: "text",
      inputMode: rule.kind === "number" ? "decimal" : "numeric",
      autocomplete: "off",
      list: list.id,
    });
    input.addEventListener("input", () => {
      const value = parseField(rule, input.value.trim());
      input.setAttribute("aria-invalid", String(value === undefined));
      const words = document.getElementById(`setting-${name}-hint`);
      if (value !== undefined) set({ [name]: value });
      else if (words !== null) setText(words, say("invalid", { rule: ruleOf(rule) }));
      show();
    });
    input.addEventListener("blur", () => {
      input.setAttribute("aria-invalid", "false");
      input.value = String(state().settings[name]);
      show();
    });
    shows.push((settings) => {
      if (document.activeElement !== input) input.value = String(settings[name]);
    });
    const box = field(name, input, hint);
    box.append(list);
    return box;
  }

  function ruleOf(rule: (typeof FIELDS)[keyof Settings]): string {
    if (rule.kind === "integer") return say("rule.integer", { least: rule.least, most: rule.most.toLocaleString() });
    return rule.kind === "number" ? say("rule.number", { most: rule.most }) : say("rule.seed");
  }

  const hintOf = (name: string, value: string | number) => say(`${name}.${value}.hint` as TextKey);
  const datasets = DATASETS.filter((name) => SITE_DATASETS.includes(name));
  const network = choice(
    "network",
    NETWORKS,
    (value) => say(`network.${value}` as TextKey),
    ({ model, layers }) => (model === "cnn" ? "cnn" : String(layers)),
    (value) => {
      const settings = withModel(state().settings, value === "cnn" ? "cnn" : "mlp");
      controller.change(value === "cnn" ? settings : { ...settings, layers: value === "2" ? 2 : 1 });
    },
    ({ model, layers, hidden }) => say(`network.${model === "cnn" ? "cnn" : layers}.hint` as TextKey, { hidden }),
  );
  const simple = (name: "activation" | "optimizer" | "init", values: readonly string[]) =>
    choice(
      name,
      values,
      (value) => say(`${name}.${value}` as TextKey),
      (s) => s[name],
      (value) => set({ [name]: value }),
      (s) => hintOf(name, s[name]),
    );
  const dataset = choice(
    "dataset",
    datasets,
    (value) => say(`dataset.${value}` as TextKey),
    (s) => s.dataset,
    (value) => set({ dataset: value as Settings["dataset"] }),
    () => say("dataset.hint"),
  );
  dataset.hidden = datasets.length < 2;
  const device = choice(
    "device",
    DEVICES,
    (value) => say(`device.${value}` as TextKey),
    (s) => s.device,
    (value) => set({ device: value as Settings["device"] }),
    () => say("device.hint"),
  );
  watch(
    (s) => [s.devices],
    (devices) => {
      for (const option of device.querySelectorAll("option")) {
        const isAbsent = devices[option.value] === false;
        option.disabled = isAbsent;
        const name = say(`device.${option.value}` as TextKey);
        setText(option, isAbsent ? say("absentHere", { name }) : name);
      }
    },
  );

  const form = h(
    "form",
    { class: "fields", onsubmit: (event: Event) => event.preventDefault() },
    dataset,
    network,
    entry(
      "hidden",
      (s) => say("hidden.hint", { parameters: parametersOf(s).toLocaleString() }),
      [16, 32, 64, 128, 256, 512],
    ),
    simple("activation", ACTIVATIONS),
    entry(
      "batchSize",
      (s) => say("batchSize.hint", { steps: Math.ceil(60_000 / s.batchSize).toLocaleString() }),
      [50, 100, 500, 1000],
    ),
    entry("lr", () => say("lr.hint"), [0.001, 0.01, 0.1, 0.5]),
    simple("optimizer", OPTIMIZERS),
    entry("epochs", () => say("epochs.hint"), [1, 3, 10, 100]),
    entry("seed", () => say("seed.hint")),
    simple("init", INITS),
    device,
  );
  const locked = h("p", { class: "note" }, say("lockedWhile"));
  const reset = h(
    "button",
    { type: "button", class: "quiet", onclick: () => controller.change(DEFAULT_SETTINGS) },
    say("reset"),
  );

  function show(): void {
    const { settings } = state();
    for (const each of shows) each(settings);
    const isCnn = settings.model === "cnn";
    for (const name of ["hidden", "activation"] as const) (fields.get(name) as HTMLElement).hidden = isCnn;
  }
  watch((s) => [s.settings], show);
  watch(
    (s) => [s.activity === null],
    (isIdle) => {
      locked.hidden = isIdle;
    },
  );
  const view = card("settings", say("settings"), form, locked);
  // Above the fields, whose sentences come and go.
  view.prepend(h("div", { class: "head" }, view.querySelector("h2"), reset));
  return view;
}

/** Weights and biases of the notes' networks. */
function parametersOf({ layers, hidden }: Settings): number {
  return 784 * hidden + hidden + (layers === 2 ? hidden * hidden + hidden : 0) + hidden * 10 + 10;
}
