import { measure } from "./measure.ts";

// From a data set that has no `getBatch`: each image is read, transformed and collated by itself.

await measure({
  from: (images) => ({ length: images.length, get: (index) => images.get(index) }),
  use() {},
});
