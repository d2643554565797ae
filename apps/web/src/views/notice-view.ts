import { h, setText } from "../dom/h.ts";
import { selectedRun } from "../state/page-state.ts";
import type { Values } from "../text/text.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./format.ts";

/** What there is to say: read out when it comes. */
export function noticeView({ say, watch, controller, state }: Context): HTMLElement {
  const text = h("p", {});
  const dismiss = h("button", { class: "quiet", type: "button", onclick: () => controller.dismiss() }, say("dismiss"));
  const box = h("div", { class: "notice", hidden: true }, text, dismiss);
  const region = h("div", { class: "notices", role: "status", "aria-live": "polite" }, box);
  watch(
    (s) => [s.notice],
    (notice) => {
      box.hidden = notice === null;
      if (notice === null) return;
      box.className = `notice ${notice.tone}`;
      const run = selectedRun(state());
      const values: Values = { ...notice.values, ...(run !== null && { run: nameOf(run, say) }) };
      setText(text, say(notice.key, values));
    },
  );
  return region;
}
