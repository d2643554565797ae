"""Transforms on small images, as PIL images (what data sets give in torchvision) and as tensors."""

import numpy as np
import torch
from PIL import Image
from torchvision import transforms as T
from torchvision.transforms import InterpolationMode

from encode import encode_data, encode_tensor, message_of
from inputs import floats, ints, source_for

PACKAGES = ("torch", "torchvision")

MODES = {
    "nearest": InterpolationMode.NEAREST,
    "nearest-exact": InterpolationMode.NEAREST_EXACT,
    "bilinear": InterpolationMode.BILINEAR,
    "bicubic": InterpolationMode.BICUBIC,
}


def gray(height, width):
    """An image as data sets give it: bytes, [height, width]."""
    return ints(height, width, low=0, high=255, dtype=torch.uint8)


def as_pil(image):
    return Image.fromarray(image.numpy())


def from_pil(image):
    return torch.from_numpy(np.array(image))


class Images:
    """The three ways in: PIL, a uint8 tensor [1, H, W], a float tensor [1, H, W] of [0, 1)."""

    def __init__(self, height, width):
        self.bytes = gray(height, width)(source_for("image", height, width))

    def runs(self, make, seed=None, calls=1):
        for path in ("pil", "uint8", "float32"):
            if seed is not None:
                torch.manual_seed(seed)
            transform = make()
            results = [self.run(transform, path) for _ in range(calls)]
            yield path, results

    def run(self, transform, path):
        if path == "pil":
            return from_pil(transform(as_pil(self.bytes)))
        tensor = self.bytes.unsqueeze(0)
        return transform(tensor if path == "uint8" else tensor / 256)[0]


def conversion_rows():
    for shape in ((2, 3), (3, 2, 3), (1, 1), (2, 2, 1)):
        image = ints(*shape, low=0, high=255, dtype=torch.uint8)(source_for("to tensor", shape))
        yield {
            "transform": "new ToTensor()",
            "input": encode_tensor(image),
            "output": encode_tensor(T.ToTensor()(image.numpy())),
        }
    for mean, std, shape in (
        (0.5, 0.5, (1, 2, 3)), (0.1307, 0.3081, (1, 2, 3)), ([0.1, 0.2, 0.3], [0.5, 0.25, 1.0], (3, 2, 2)),
        ([0.5], [0.5], (3, 2, 2)), (0.1, 0.2, (2, 1, 2, 2)),
    ):  # fmt: skip
        image = floats(*shape, low=0, high=1)(source_for("normalize", shape))
        output = T.Normalize(mean, std)(image)
        yield {
            "transform": "Normalize",
            "mean": mean,
            "std": std,
            "input": encode_tensor(image),
            "output": encode_tensor(output),
        }


def tables():
    """What each of the 256 bytes becomes."""
    every_byte = torch.arange(256, dtype=torch.uint8).reshape(16, 16)
    for mean, std in ((0.5, 0.5), (0.1307, 0.3081), (0, 1), (0.2860, 0.3530)):
        transform = T.Compose([T.ToTensor(), T.Normalize(mean, std), T.Lambda(lambda x: x.view(-1))])
        yield {"mean": mean, "std": std, "table": encode_data(transform(every_byte.numpy()))}


def resize_rows():
    for height, width in ((7, 5), (8, 8)):
        images = Images(height, width)
        for size in (4, 10, [3, 9], [7, 5], [1, 1]):
            for mode in MODES:
                for antialias in (True, False) if mode in ("bilinear", "bicubic") and size != [7, 5] else (True,):
                    options = {"size": size, "interpolation": mode, "antialias": antialias}
                    transform = T.Resize(size, MODES[mode], antialias=antialias)
                    for path, [output] in images.runs(lambda transform=transform: transform):
                        if path != "pil" or antialias:
                            yield {"image": [height, width], "path": path, **options, "output": encode_tensor(output)}
    for size, max_size, shape in ((4, 6, (8, 3)), (10, 11, (5, 8)), ([6], None, (9, 4))):
        output = T.Resize(size, max_size=max_size)(gray(*shape)(source_for("max size"))[None])
        yield {
            "image": list(shape),
            "path": "shape only",
            "size": size,
            "maxSize": max_size,
            "shape": list(output.shape[1:]),
        }


def crop_rows():
    for height, width in ((7, 5), (8, 8), (5, 5)):
        images = Images(height, width)
        for size in (2, 3, 4, [3, 2], [9, 2], 10, [5, 5]):
            for path, [output] in images.runs(lambda size=size: T.CenterCrop(size)):
                yield {"image": [height, width], "path": path, "size": size, "output": encode_tensor(output)}


def flip_rows():
    """Which of twelve calls in a row flip."""
    images = Images(2, 3)
    for p in (0.5, 0.1, 0.9, 0, 1):
        for seed in (0, 123):
            for path, results in images.runs(lambda p=p: T.RandomHorizontalFlip(p), seed, 12):
                flipped = [torch.equal(result, result_of_flip(images, path)) for result in results]
                yield {"path": path, "p": p, "seed": seed, "flipped": flipped}


def result_of_flip(images, path):
    return images.run(T.RandomHorizontalFlip(1), path)


def rotation_rows():
    for shape in ((7, 5), (6, 6), (9, 9)):
        images = Images(*shape)
        for options in (
            {"degrees": 30}, {"degrees": [-10, 80]}, {"degrees": [90, 90]}, {"degrees": [180, 180]}, {"degrees": 45, "fill": 7},
            {"degrees": 30, "expand": True}, {"degrees": [90, 90], "expand": True}, {"degrees": 20, "center": [1, 2]},
            {"degrees": 30, "interpolation": "bilinear"}, {"degrees": 40, "interpolation": "bilinear", "fill": 9},
            {"degrees": [0, 0]},
        ):  # fmt: skip
            given = {
                key: MODES.get(value, value) if isinstance(value, str) else value for key, value in options.items()
            }
            for path, results in images.runs(lambda given=given: T.RandomRotation(**given), 123, 2):
                outputs = [encode_tensor(result) for result in results]
                yield {"image": list(shape), "path": path, "seed": 123, **options, "outputs": outputs}


def angles():
    for degrees in (10, [-10, 80], 180):
        torch.manual_seed(123)
        limits = [-degrees, degrees] if isinstance(degrees, int) else degrees
        drawn = [T.RandomRotation.get_params([float(limit) for limit in limits]) for _ in range(5)]
        yield {"degrees": degrees, "seed": 123, "angles": drawn}


def printed():
    lambda_ = T.Lambda(lambda x: x)
    yield "new ToTensor()", T.ToTensor()
    yield "new Normalize(0.5, 0.5)", T.Normalize(0.5, 0.5)
    yield "new Normalize([0.1307], [0.3081])", T.Normalize([0.1307], [0.3081])
    yield "new Normalize([0.1, 0.2, 0.3], [1, 1, 1])", T.Normalize([0.1, 0.2, 0.3], [1, 1, 1])
    yield "new Lambda((x) => x)", lambda_
    yield "new Resize(32)", T.Resize(32)
    yield "new Resize([32, 28])", T.Resize([32, 28])
    yield (
        'new Resize(32, { interpolation: "nearest", maxSize: 40, antialias: false })',
        T.Resize(32, InterpolationMode.NEAREST, 40, antialias=False),
    )
    yield "new CenterCrop(24)", T.CenterCrop(24)
    yield "new CenterCrop([24, 20])", T.CenterCrop([24, 20])
    yield "new RandomHorizontalFlip()", T.RandomHorizontalFlip()
    yield "new RandomHorizontalFlip(0.25)", T.RandomHorizontalFlip(0.25)
    yield "new RandomRotation(10)", T.RandomRotation(10)
    yield "new RandomRotation([-10.5, 20])", T.RandomRotation([-10.5, 20])
    yield (
        'new RandomRotation(30, { interpolation: "bilinear", expand: true, center: [1, 2], fill: 3 })',
        T.RandomRotation(30, InterpolationMode.BILINEAR, True, [1, 2], 3),
    )
    yield "new Compose([])", T.Compose([])
    yield "new Compose([new ToTensor()])", T.Compose([T.ToTensor()])
    yield (
        "new Compose([new ToTensor(), new Normalize(0.5, 0.5), new Lambda((x) => x.view(-1))])",
        T.Compose([T.ToTensor(), T.Normalize(0.5, 0.5), lambda_]),
    )
    yield (
        "new Compose([new Resize(32), new Compose([new ToTensor(), new CenterCrop(28)])])",
        T.Compose([T.Resize(32), T.Compose([T.ToTensor(), T.CenterCrop(28)])]),
    )


def mistakes():
    image, bytes_ = torch.zeros(1, 28, 28), torch.zeros(1, 28, 28, dtype=torch.uint8)
    yield "ToTensor of a float tensor", lambda: T.ToTensor()(image)
    yield "ToTensor of 4 dimensions", lambda: T.ToTensor()(np.zeros((1, 1, 2, 2), dtype=np.uint8))
    yield "ToTensor of 1 dimension", lambda: T.ToTensor()(np.zeros(4, dtype=np.uint8))
    yield "Normalize of uint8", lambda: T.Normalize(0.5, 0.5)(bytes_)
    yield "Normalize of [28, 28]", lambda: T.Normalize(0.5, 0.5)(image[0])
    yield "Normalize with std 0", lambda: T.Normalize(0.5, 0)(image)
    yield "Normalize with std [0, 1, 1]", lambda: T.Normalize([0, 0, 0], [0.0, 1, 1])(torch.zeros(3, 2, 2))
    yield "Normalize of 1 channel with 3 means", lambda: T.Normalize([0.5] * 3, [0.5] * 3)(image)
    yield "Normalize of 3 channels with 2 means", lambda: T.Normalize([0.5] * 2, [0.5] * 2)(torch.zeros(3, 2, 2))
    yield "Normalize of a PIL image", lambda: T.Normalize(0.5, 0.5)(as_pil(bytes_[0]))
    yield "Lambda of a number", lambda: T.Lambda(3)
    yield "Resize to a string", lambda: T.Resize("big")
    yield "Resize to three numbers", lambda: T.Resize([1, 2, 3])
    yield "Resize with maxSize and two sizes", lambda: T.Resize([3, 4], max_size=5)(image)
    yield "Resize with maxSize below size", lambda: T.Resize(10, max_size=5)(image)
    yield "Resize to 0", lambda: T.Resize([0, 3])(image)
    yield "Resize with interpolation 'cubic'", lambda: T.Resize(3, interpolation="cubic")(image)
    yield "CenterCrop to three numbers", lambda: T.CenterCrop([1, 2, 3])
    yield "RandomRotation of -1", lambda: T.RandomRotation(-1)
    yield "RandomRotation of [1]", lambda: T.RandomRotation([1])
    yield "RandomRotation of 'a lot'", lambda: T.RandomRotation("a lot")
    yield "RandomRotation with center [1]", lambda: T.RandomRotation(1, center=[1])


def golden():
    shapes = ((7, 5), (8, 8), (5, 5), (6, 6), (9, 9), (2, 3))
    return {
        "images": [{"image": list(shape), "input": encode_tensor(Images(*shape).bytes)} for shape in shapes],
        "conversions": list(conversion_rows()),
        "tables": list(tables()),
        "resize": list(resize_rows()),
        "centerCrop": list(crop_rows()),
        "randomHorizontalFlip": list(flip_rows()),
        "randomRotation": list(rotation_rows()),
        "angles": list(angles()),
        "printed": [{"transform": code, "text": repr(transform)} for code, transform in printed()],
        "errors": [{"call": call} | message_of(mistake) for call, mistake in mistakes()],
    }
