import { History } from "@kindling/trainer";
import { announceLife, serve } from "../protocol/serve.ts";
import { Studio } from "./studio.ts";

const studio = new Studio();
serve({
  train: (asked) => studio.train(asked),
  pause: () => studio.pause(),
  go: () => studio.go(),
  step: () => studio.step(),
  stop: () => studio.stop(),
  open: ({ run }) => studio.open(run),
  classify: ({ image }) => studio.classify(image),
  images: ({ positions }) => studio.images(positions),
  weights: ({ runId }) => studio.weights(runId),
  history: ({ rows }) => new History(rows).toCsv(),
  upload: ({ run, bytes }) => studio.upload(run, bytes),
});
announceLife();
