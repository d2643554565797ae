import { autograd, tensor, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { type InterpolationMode, Resize } from "./index.ts";
import { distance, goldenImage } from "./testing/golden-images.ts";
import golden from "./transforms.golden.json";

const rows = golden.resize.filter((row) => row.output !== undefined);

describe("Resize", () => {
  test.each(["nearest", "nearest-exact", "bilinear", "bicubic"] as const)(
    "%s of bytes is Pillow's, bit for bit",
    (mode) => {
      const mine = rows.filter(({ path, interpolation }) => path === "pil" && interpolation === mode);
      expect(mine.length).toBeGreaterThan(8);
      for (const { image, size, output } of mine) {
        const out = new Resize(size, { interpolation: mode }).apply(goldenImage(image, "pil"));
        expect(distance(out, output as never), JSON.stringify([image, size])).toBe(0);
      }
    },
  );

  test.each(["nearest", "nearest-exact", "bilinear", "bicubic"] as const)("%s of floats is torchvision's", (mode) => {
    const mine = rows.filter(({ path, interpolation }) => path === "float32" && interpolation === mode);
    expect(mine.length).toBeGreaterThan(8);
    for (const { image, size, interpolation, antialias, output } of mine) {
      const transform = new Resize(size, {
        interpolation: interpolation as InterpolationMode,
        antialias: antialias as boolean,
      });
      expect(distance(transform.apply(goldenImage(image, "float32")), output as never)).toBeLessThan(1e-6);
    }
  });

  test("one number is the shorter edge, and maxSize holds the longer one", () => {
    const shapes = golden.resize.filter((row) => row.path === "shape only");
    expect(shapes.length).toBe(3);
    for (const { image, size, maxSize, shape } of shapes) {
      const out = new Resize(size, { maxSize: maxSize as number | null }).apply(zeros(image, { dtype: "uint8" }));
      expect(out.shape).toEqual(shape);
    }
  });

  test("an image that has the size already comes back itself", () => {
    const image = zeros([7, 5], { dtype: "uint8" });
    expect(new Resize([7, 5]).apply(image)).toBe(image);
  });

  test("of integers rounds to the nearest", () => {
    const image = tensor([[0, 1, 2, 9]], { dtype: "int32" });
    expect(new Resize([1, 2], { antialias: false }).apply(image).toListSync()).toEqual([[0, 6]]);
  });

  test("has a derivative for floats", () => {
    const image = zeros([1, 4, 4], { requiresGrad: true });
    const [gradient] = autograd.grad(new Resize(2).apply(image).sum(), [image]);
    expect(gradient?.sum().itemSync()).toBeCloseTo(4, 5);
  });

  test("refuses sizes that make no sense", () => {
    const image = zeros([1, 28, 28]);
    expect(() => new Resize([1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Resize: If size is a sequence, it should have 1 or 2 values: it has 3. Give the length of the shorter edge, or [height, width].]`,
    );
    // @ts-expect-error a string is no size
    expect(() => new Resize("big")).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Resize: Size should be int or sequence. Got <class 'str'>. Give the length of the shorter edge, or [height, width].]`,
    );
    expect(() => new Resize([3, 4], { maxSize: 5 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Resize: max_size should only be passed if size specifies the length of the smaller edge, i.e. size should be an int or a sequence of length 1 in torchscript mode. It is [3, 4]: omit maxSize, or give one number for size.]`,
    );
    expect(() => new Resize(10, { maxSize: 5 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Resize: max_size = 5 must be strictly greater than the requested size for the smaller edge size = [10]. Make maxSize larger, or size smaller.]`,
    );
    expect(() => new Resize([0, 3]).apply(image)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Resize: Input and output sizes should be greater than 0, but got input (H: 28, W: 28) output (H: 0, W: 3). Give sizes above 0.]`,
    );
    expect(() => new Resize([0, 3]).apply(image.to("uint8"))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Resize: height and width must be > 0: input (H: 28, W: 28) output (H: 0, W: 3). Give sizes above 0.]`,
    );
    // @ts-expect-error no such mode
    expect(() => new Resize(3, { interpolation: "cubic" })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Resize: Argument interpolation should be a InterpolationMode or a corresponding Pillow integer constant: it is "cubic". Choose one of "nearest", "nearest-exact", "bilinear", "bicubic".]`,
    );
    expect(() => new Resize(3).apply(image.view(-1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Resize: Tensor is not a torch image. Its shape is [784], an image is [..., H, W]: put this before what flattens it.]`,
    );
  });
});

test("an option that does not exist is refused", () => {
  expect(() => new Resize(3, { antiAlias: false } as object)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: Resize: Resize.__init__() got an unexpected keyword argument 'antiAlias'. Did you mean antialias? Its options are: interpolation, maxSize, antialias.]`,
  );
});
