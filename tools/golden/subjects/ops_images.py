"""Convolution and pooling."""

import torch

from inputs import floats, given, ints

# Input, weight, options; with a bias where the last says so.
CONV2D = (
    ((1, 1, 3, 3), (1, 1, 2, 2), {}, False),
    ((2, 2, 4, 5), (3, 2, 3, 2), {}, True),
    ((1, 2, 5, 4), (2, 2, 3, 3), {"padding": 1}, True),
    ((1, 1, 5, 6), (2, 1, 2, 3), {"stride": 2}, False),
    ((2, 1, 6, 5), (2, 1, 3, 3), {"stride": [2, 1], "padding": [1, 2]}, True),
    ((1, 1, 6, 7), (1, 1, 2, 3), {"dilation": 2}, False),
    ((1, 1, 7, 6), (2, 1, 3, 2), {"dilation": [2, 3], "padding": 1}, True),
    ((1, 1, 8, 7), (1, 1, 3, 2), {"stride": [3, 2], "dilation": [2, 3], "padding": [2, 1]}, False),
    ((2, 4, 3, 3), (4, 2, 2, 2), {"groups": 2}, True),
    ((1, 3, 4, 3), (6, 1, 2, 2), {"groups": 3, "padding": 1}, True),
    ((1, 3, 4, 4), (3, 1, 3, 3), {"groups": 3, "stride": 2, "padding": 1}, False),
    ((1, 4, 5, 5), (2, 2, 2, 2), {"groups": 2, "dilation": 2}, False),
    ((1, 1, 4, 4), (2, 1, 3, 3), {"padding": "same"}, False),
    ((1, 1, 4, 5), (1, 1, 2, 4), {"padding": "same"}, True),
    ((1, 1, 4, 5), (1, 1, 2, 3), {"padding": "same", "dilation": [3, 1]}, False),
    ((1, 1, 4, 4), (1, 1, 4, 4), {"padding": "valid"}, True),
    ((2, 5, 4), (3, 2, 1, 1), {}, True),
    ((1, 2, 1, 1), (1, 2, 1, 1), {"stride": 2, "padding": 1}, False),
    ((0, 2, 4, 4), (3, 2, 3, 3), {}, True),
)
CONV1D = (
    ((2, 2, 6), (3, 2, 3), {"padding": 1}, True),
    ((1, 2, 7), (2, 1, 2), {"groups": 2, "stride": 2}, False),
    ((3, 6), (2, 3, 2), {"dilation": 3}, True),
    ((1, 1, 5), (1, 1, 4), {"padding": "same"}, False),
)
CONV_TRANSPOSE2D = (
    ((1, 1, 2, 3), (1, 1, 2, 2), {}, False),
    ((2, 2, 3, 2), (2, 3, 3, 2), {}, True),
    ((1, 2, 3, 3), (2, 1, 3, 3), {"stride": 2, "padding": 1, "output_padding": 1}, True),
    ((1, 1, 2, 3), (1, 2, 2, 2), {"stride": [3, 2], "output_padding": [2, 0]}, False),
    ((1, 4, 2, 2), (4, 1, 2, 3), {"groups": 2, "dilation": 2}, True),
    ((1, 1, 3, 3), (1, 1, 3, 3), {"dilation": [2, 1], "stride": [1, 3], "padding": 2, "output_padding": [1, 2]}, False),
    ((2, 3, 2), (2, 1, 2, 2), {}, True),
    # An output padding as large as another window.
    ((1, 2, 8, 7), (2, 1, 3, 2), {"output_padding": [0, 1], "dilation": 2}, False),
    ((1, 1, 5, 4), (1, 1, 4, 4), {"padding": [1, 2], "output_padding": [1, 0], "dilation": [2, 1]}, False),
    ((1, 2, 3, 3), (2, 2, 2, 2), {"stride": 2, "output_padding": 2, "dilation": 3, "groups": 2}, False),
)
MAX_POOL2D = (
    ((1, 1, 4, 4), 2, {}),
    ((2, 2, 5, 6), [2, 3], {}),
    ((1, 2, 5, 5), 3, {"stride": 1}),
    ((1, 1, 6, 5), 3, {"stride": 2, "padding": 1}),
    ((1, 1, 5, 5), 2, {"ceilMode": True}),
    ((1, 1, 4, 4), 3, {"stride": 3, "padding": 1, "ceilMode": True}),
    ((1, 1, 7, 6), 2, {"dilation": 2, "stride": 1}),
    ((2, 1, 6, 7), [3, 2], {"dilation": [1, 3], "padding": [1, 1], "stride": 2}),
    ((2, 4, 4), 2, {}),
    ((0, 2, 4, 4), 2, {}),
)
AVG_POOL2D = (
    ((1, 1, 4, 4), 2, {}),
    ((2, 2, 5, 6), [2, 3], {}),
    ((1, 2, 5, 5), 3, {"stride": 1}),
    ((1, 1, 6, 5), 3, {"stride": 2, "padding": 1}),
    ((1, 1, 6, 5), 3, {"stride": 2, "padding": 1, "countIncludePad": False}),
    ((1, 1, 5, 5), 2, {"ceilMode": True}),
    ((1, 1, 4, 5), 3, {"stride": 3, "padding": 1, "ceilMode": True}),
    ((1, 1, 6, 6), 3, {"stride": 2, "padding": 1, "ceilMode": True, "countIncludePad": False}),
    ((1, 1, 4, 4), 2, {"divisorOverride": 3}),
    ((2, 4, 4), 2, {}),
    ((0, 2, 4, 4), 2, {}),
)
ADAPTIVE = (
    ((1, 2, 4, 6), 1), ((1, 1, 6, 4), 2), ((2, 1, 5, 7), [3, 4]), ((1, 1, 3, 5), [None, 2]), ((2, 5, 3), [2, None]),
    ((1, 1, 2, 3), [4, 5]), ((0, 2, 4, 4), 2),
)  # fmt: skip

TIES = given([[[[0, 2, 2, 1], [2, 2, 0, 1], [-1, -1, 0, 0], [-1, -1, -3, 0]]]])
NEGATIVE = floats(1, 2, 4, 4, low=-3.0, high=-0.5)
SPECIAL = given([[[[float("nan"), 1, float("-inf"), float("-inf")], [2, 3, float("-inf"), float("-inf")]]]])


def cases(case):
    for op, rows in (("conv2d", CONV2D), ("conv1d", CONV1D), ("convTranspose2d", CONV_TRANSPOSE2D)):
        for shape, weight, options, bias in rows:
            options = {"outputPadding" if key == "output_padding" else key: value for key, value in options.items()}
            channels = weight[1] * options.get("groups", 1) if op == "convTranspose2d" else weight[0]
            inputs = [floats(*shape), floats(*weight), *([floats(channels)] if bias else [])]
            yield case(op, *inputs, args=[*([] if bias else [None]), *([options] if options else [])])
    yield case("conv2d", ints(1, 1, 3, 3), ints(1, 1, 2, 2), args=[None])
    for shape, kernel, options in MAX_POOL2D:
        yield case("maxPool2d", floats(*shape), args=[kernel, *([options] if options else [])])
        yield case("maxPool2d", floats(*shape), args=[kernel, {**options, "returnIndices": True}])
    for x in (TIES, NEGATIVE, SPECIAL):
        yield case("maxPool2d", x, args=[2, {"returnIndices": True}])
    yield case("maxPool2d", TIES, args=[[2, 2], {"stride": 1, "returnIndices": True}])
    yield case("maxPool2d", NEGATIVE, args=[3, {"padding": 1, "returnIndices": True}])
    yield case("maxPool2d", ints(1, 1, 4, 4), args=[2])
    yield case("maxPool2d", ints(1, 1, 4, 4, low=0, dtype=torch.uint8), args=[2])
    for shape, kernel, options in AVG_POOL2D:
        yield case("avgPool2d", floats(*shape), args=[kernel, *([options] if options else [])])
    yield case("avgPool2d", given([[[[float("inf"), 1, 2, 3], [4, 5, float("nan"), 7]]]]), args=[2], grad=False)
    for shape, size in ADAPTIVE:
        yield case("adaptiveAvgPool2d", floats(*shape), args=[size])


def errors(case):
    images, weight = floats(2, 3, 8, 8), floats(4, 3, 3, 3)
    yield case("conv2d", floats(2, 1, 8, 8), weight, args=[None])
    yield case("conv2d", images, weight, args=[None, {"groups": 2}])
    yield case("conv2d", images, weight, args=[None, {"groups": 0}])
    yield case("conv2d", images, floats(4, 1, 3, 3), args=[None, {"groups": 3}])
    yield case("conv2d", floats(2, 3), weight, args=[None])
    yield case("conv2d", floats(1, 2, 3, 4, 5), weight, args=[None])
    yield case("conv2d", images, floats(4, 3, 9, 9), args=[None])
    yield case("conv2d", images, weight, floats(3))
    yield case("conv2d", images, weight, floats(4, 1))
    yield case("conv2d", images, weight, args=[None, {"stride": 0}])
    yield case("conv2d", images, weight, args=[None, {"padding": -1}])
    yield case("conv2d", images, weight, args=[None, {"dilation": 0}])
    yield case("conv2d", images, weight, args=[None, {"stride": [1, 2, 3]}])
    yield case("conv2d", images, weight, args=[None, {"padding": "same", "stride": 2}])
    yield case("conv2d", images, weight, args=[None, {"padding": "full"}])
    yield case("conv2d", ints(2, 3, 8, 8), weight, args=[None])
    yield case("conv2d", ints(2, 3, 8, 8), weight, floats(4))
    yield case("conv2d", floats(2, 3, 0, 8), weight, args=[None, {"padding": 2}])
    yield case("conv2d", images, floats(0, 3, 3, 3), args=[None])
    yield case("conv1d", images, floats(4, 3, 3), args=[None])
    yield case("conv1d", floats(2, 2, 8), floats(4, 3, 3), args=[None])
    yield case("convTranspose2d", images, floats(3, 4, 3, 3), args=[None, {"outputPadding": 1}])
    yield case("convTranspose2d", images, floats(3, 4, 3, 3), args=[None, {"stride": 2, "outputPadding": 3}])
    yield case("convTranspose2d", floats(2, 1, 8, 8), floats(3, 4, 3, 3), args=[None])
    yield case("convTranspose2d", images, floats(3, 4, 3, 3), floats(3))
    yield case("convTranspose2d", floats(2, 3), floats(3, 4, 3, 3), args=[None])
    for op in ("maxPool2d", "avgPool2d"):
        yield case(op, images, args=[2, {"padding": 2}])
        yield case(op, images, args=[9])
        yield case(op, images, args=[0])
        yield case(op, images, args=[2, {"stride": 0}])
    yield case("maxPool2d", floats(8, 8), args=[2])
    yield case("maxPool2d", images, args=[2, {"dilation": 0}])
    yield case("maxPool2d", images, args=[2, {"padding": -1}])
    yield case("maxPool2d", lambda source: torch.ones(1, 2, 2, dtype=torch.bool), args=[2])
    yield case("maxPool2d", floats(2, 0, 8, 8), args=[2])
    yield case("maxPool2d", floats(2, 3, 0, 8), args=[2])
    yield case("avgPool2d", images, args=[2, {"divisorOverride": 0}])
    yield case("adaptiveAvgPool2d", floats(8, 8), args=[3])
    yield case("adaptiveAvgPool2d", images, args=[-1])
    yield case("adaptiveAvgPool2d", floats(2, 3, 0, 8), args=[2])
    yield case("adaptiveAvgPool2d", ints(1, 2, 2), args=[2])
    yield case("adaptiveAvgPool2d", images, args=[[2, 2, 2]])
