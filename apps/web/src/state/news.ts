import type { News } from "../protocol/messages.ts";
import { withPoint } from "../runs/run.ts";
import type { PageState } from "./page-state.ts";
import type { RunList } from "./run-list.ts";
import type { Store } from "./store.ts";

type Hearers = { readonly [K in News["kind"]]: (news: Extract<News, { readonly kind: K }>) => void };

export interface NewsParts {
  readonly store: Store<PageState>;
  readonly runs: RunList;
  /** The network has learned: what is drawn is to be looked at again. */
  readonly onLearned: () => void;
}

/** Puts what the worker tells of its own accord into the store. */
export function hearNews({ store, runs, onLearned }: NewsParts): (news: News) => void {
  const hearers: Hearers = {
    download: (download) => store.update({ download }),
    phase: ({ phase }) => setPhase(store, phase),
    sample: ({ sample }) => store.update({ sample, download: null }),
    device: ({ name, detail }) => store.update({ device: `${name}: ${detail}` }),
    progress: ({ progress }) =>
      store.update(({ activity }) => ({
        activity: activity && {
          ...activity,
          phase: progress.phase,
          progress,
          asked: progress.phase === "paused" && activity.asked === "pause" ? null : activity.asked,
        },
      })),
    run: ({ run }) => {
      runs.replace(run);
      onLearned();
    },
    point: ({ runId, point }) => runs.extend(runId, (run) => ({ curve: withPoint(run.curve, point) })),
    gradients: ({ runId, layers, point }) =>
      runs.extend(runId, (run) => ({ layers, gradients: withPoint(run.gradients, point) })),
    look: (look) => {
      store.update({ look });
      onLearned();
    },
    weights: ({ layer }) => store.update({ layer }),
    unsaved: ({ runId, reason }) => {
      runs.markUnsaved(runId);
      store.update({ notice: { tone: "warning", key: "notKept", values: { reason } } });
    },
  };
  return (news) => {
    if (Object.hasOwn(hearers, news.kind)) (hearers[news.kind] as (news: News) => void)(news);
  };
}

export function setPhase(store: Store<PageState>, phase: NonNullable<PageState["activity"]>["phase"]): void {
  store.update(({ activity }) => ({ activity: activity && { ...activity, phase } }));
}
