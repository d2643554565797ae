import { h, setText } from "../dom/h.ts";
import type { ProgressNews } from "../protocol/messages.ts";
import type { Run } from "../runs/run.ts";
import { LIMITS } from "../settings/limits.ts";
import { type Activity, type Download, selectedRun } from "../state/page-state.ts";
import type { TextKey } from "../text/en.ts";
import { card } from "./card.ts";
import type { Context } from "./context.ts";
import { duration, nameOf } from "./format.ts";

const PHASES: Readonly<Record<Activity["phase"], TextKey>> = {
  data: "phaseData",
  device: "phaseDevice",
  train: "phaseTrain",
  validate: "phaseValidate",
  paused: "phasePaused",
};

/** Epochs that a run which is done gets more, where the page's limit leaves them. */
const MORE = 5;

/** Start, pause, stop; and how far it is. */
export function trainView({ say, watch, controller }: Context): HTMLElement {
  const button = (name: string, key: TextKey, onclick: () => void, kind = "") =>
    h("button", { type: "button", class: kind, "data-do": name, onclick }, say(key));
  const start = button("start", "start", () => void controller.start(), "primary");
  const goOn = h("button", { type: "button", class: "primary", "data-do": "go-on" });
  const pause = button("pause", "pause", () => void controller.pause(), "primary");
  const resume = button("resume", "resume", () => void controller.resume(), "primary");
  const step = button("step", "stepOnce", () => void controller.step());
  const stop = button("stop", "stop", () => void controller.stop());
  const bar = h("progress", { max: 1, value: 0, "aria-label": say("progressLabel") });
  const phase = h("p", { class: "phase", role: "status" });
  const position = h("p", { class: "position" });
  const speed = h("p", { class: "speed" });

  watch(
    (s) => [
      s.activity === null,
      s.activity?.phase,
      selectedRun(s),
      s.activity?.progress == null,
      s.settings.epochs,
      s.activity?.asked,
    ],
    (isIdle, at, run, hasNotBegun, epochs, asked) => {
      const isPaused = at === "paused";
      start.hidden = !isIdle;
      pause.hidden = isIdle || isPaused;
      pause.disabled = hasNotBegun || asked != null;
      resume.hidden = !isPaused;
      stop.disabled = asked === "stop";
      step.hidden = !(isIdle || isPaused);
      stop.hidden = isIdle;
      const canGoOn = isIdle && run !== null && (run.status === "done" || run.rows.length > 0 || run.batch > 0);
      goOn.hidden = !canGoOn;
      start.classList.toggle("primary", !canGoOn || run?.status === "done");
      goOn.classList.toggle("primary", canGoOn && run?.status === "idle");
      setText(start, say(canGoOn ? "startNew" : "start"));
      if (!canGoOn || run === null) return;
      if (run.file !== null) {
        setText(goOn, say("trainFile", { file: run.file, epochs }));
        goOn.onclick = () => void controller.startFrom(run);
        return;
      }
      const isDone = run.status === "done";
      const more = isDone ? Math.min(MORE, LIMITS.epochs - run.settings.epochs) : 0;
      goOn.hidden = isDone && more <= 0;
      setText(goOn, isDone ? say("trainOn", { epochs: more }) : say("goOn", { run: nameOf(run, say) }));
      goOn.onclick = () => void controller.goOn(run.id, more);
    },
  );
  watch(
    (s) => [s.activity, s.download, selectedRun(s)],
    (activity, download, run) => {
      setText(phase, activity === null ? idle(run) : busy(activity));
      bar.value = download !== null ? shareOf(download) : doneOf(activity?.progress ?? null, run);
      setText(position, where(activity, download, run));
      setText(speed, rate(activity));
    },
  );

  function busy({ phase, asked }: Activity): string {
    return say(asked === null ? PHASES[phase] : asked === "stop" ? "phaseStopping" : "phasePausing");
  }

  function idle(run: Run | null): string {
    if (run === null || run.file !== null || run.device === null) return say("ready");
    const { epochs } = run.settings;
    if (run.status === "done") return epochs === 1 ? say("doneOne") : say("done", { epochs });
    return run.batch > 0
      ? say("stopped", { epoch: run.rows.length + 1, epochs })
      : say("stoppedAfter", { epoch: run.rows.length, epochs });
  }

  function where(activity: Activity | null, download: Download | null, run: Run | null): string {
    if (download !== null) {
      const mirror = new URL(download.mirror, location.href).host;
      const total = download.total ?? download.loaded;
      const megabytes = say("megabytes", { loaded: mega(download.loaded), total: mega(total) });
      return `${say("downloadOf", { file: download.file, mirror })}: ${megabytes}`;
    }
    if (activity?.progress != null) {
      const { epoch, epochs, batch, batches } = activity.progress;
      return say("position", { epoch, epochs, batch, batches });
    }
    return run?.device == null ? "" : say("deviceIs", { device: run.device });
  }

  function rate(activity: Activity | null): string {
    if (activity?.progress == null || activity.progress.stepsPerSecond === 0) return "";
    const { stepsPerSecond, secondsLeft } = activity.progress;
    const digits = stepsPerSecond < 10 ? 1 : 0;
    const words = [say("stepsPerSecond", { rate: stepsPerSecond.toFixed(digits) })];
    if (secondsLeft !== null && activity.phase !== "paused") {
      words.push(say("timeLeft", { time: duration(secondsLeft, say) }));
    }
    return words.join(", ");
  }

  const buttons = h("div", { class: "buttons" }, goOn, start, pause, resume, step, stop);
  const view = card("train", say("phaseTrain"), buttons, bar, h("div", { class: "facts" }, phase, position, speed));
  view.id = "train";
  view.tabIndex = -1;
  view.querySelector("h2")?.classList.add("unseen");
  return view;
}

function shareOf({ loaded, total }: Download): number {
  return total === null || total === 0 ? 0 : loaded / total;
}

function doneOf(progress: ProgressNews | null, run: Run | null): number {
  if (progress !== null) {
    const { epoch, epochs, batch, batches } = progress;
    return Math.min(1, (epoch - 1 + batch / Math.max(1, batches)) / Math.max(1, epochs));
  }
  return run === null || run.file !== null ? 0 : Math.min(1, run.rows.length / run.settings.epochs);
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
