// Written by tools/golden/generate.py.
import arithmetic from "./golden/arithmetic.golden.json" with { type: "json" };
import creation from "./golden/creation.golden.json" with { type: "json" };
import errors from "./golden/errors.golden.json" with { type: "json" };
import forms from "./golden/forms.golden.json" with { type: "json" };
import images from "./golden/images.golden.json" with { type: "json" };
import indexing from "./golden/indexing.golden.json" with { type: "json" };
import logic from "./golden/logic.golden.json" with { type: "json" };
import products from "./golden/products.golden.json" with { type: "json" };
import reduction from "./golden/reduction.golden.json" with { type: "json" };
import samples from "./golden/samples.golden.json" with { type: "json" };
import shape from "./golden/shape.golden.json" with { type: "json" };

/** Every golden file of ops. */
export const goldenFiles = [
  arithmetic,
  creation,
  errors,
  forms,
  images,
  indexing,
  logic,
  products,
  reduction,
  samples,
  shape,
];
