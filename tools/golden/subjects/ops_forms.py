"""Other forms of a call: a number first, tensors in place of numbers, a dtype to compute in, a tuple."""

import torch

from inputs import bools, floats, given, ints, positive, small_bytes

NAN = float("nan")
FIRST = [{"input": 0}]


def cases(case):
    yield from numbers_first(case)
    yield from bounds(case)
    yield from scalars(case)
    yield from converted(case)
    yield from decimals(case)
    for make in (given([[0.0, 1.5], [2.0, 0.0]]), bools(3), given([0, 0], torch.int64), given(2.0), given(0.0)):
        yield case("nonzero", make, args=[{"asTuple": True}])
    for name in ("add", "sub", "mul", "clamp", "clampMin", "clampMax", "maskedFill"):
        yield from in_place(case, f"{name}_")


def numbers_first(case):
    for name in ("add", "sub", "mul", "div", "remainder", "pow"):
        for number in (2, -1.5, 0.5, True):
            if (name, number) == ("sub", True):
                continue
            # PyTorch has no gradient of a remainder's divisor; powers of a negative number have one nowhere.
            grad = name != "remainder" and (name, number) != ("pow", -1.5)
            yield case(name, positive(2, 3), args=[number, *FIRST], grad=grad)
            yield case(name, positive(), args=[number, *FIRST], grad=grad)
            yield case(name, ints(3, low=1, high=5), args=[number, *FIRST])
            yield case(name, ints(3, low=1, high=5, dtype=torch.uint8), args=[number, *FIRST])
        if name not in ("sub", "remainder", "pow", "div"):
            yield case(name, bools(3), args=[2, *FIRST])
            yield case(name, bools(3), args=[True, *FIRST])
    yield case("add", floats(3), args=[2, *FIRST, {"alpha": 3}])
    yield case("sub", ints(3), args=[2, *FIRST, {"alpha": 3}])
    for mode in ("floor", "trunc"):
        yield case("div", floats(5, low=0.3), args=[7, *FIRST, {"roundingMode": mode}])
        yield case("div", given([2, -2, 3, -3], torch.int64), args=[7, *FIRST, {"roundingMode": mode}])
    yield case("pow", given([0.0, -1.0, 2.0]), args=[0, *FIRST], grad=False)
    yield case("pow", given([0.0, 1.0, 2.0]), args=[-1, *FIRST], grad=False)


def bounds(case):
    low, high = floats(3, low=-1.0, high=0.0), floats(3, low=0.5, high=1.5)
    refs = [{"input": 1}, {"input": 2}]
    yield case("clamp", floats(2, 3), low, high, args=refs)
    yield case("clamp", floats(2, 3), low, floats(2, 1, low=0.5, high=1.5), args=refs)
    yield case("clamp", floats(3), floats(2, 1, low=-1.0, high=0.0), args=refs[:1])
    yield case("clamp", floats(2, 3), floats(), args=refs[:1])
    yield case("clamp", floats(2, 3), high, args=[None, *refs[:1]])
    yield case("clamp", floats(2, 3), given(-0.5), args=[*refs[:1], 0.75], grad=False)
    ladder = given([0.0, 1.0, 2.0, 3.0, 4.0])
    for bottom, top in ((1.0, 3.0), (3.0, 1.0), (2.0, 2.0)):
        yield case("clamp", ladder, given([bottom] * 5), given([top] * 5), args=refs)
    nans = ([NAN, 1.0, 1.0, NAN, 2.0], [1.0, NAN, 2.0, NAN, 2.0], [2.0, 2.0, NAN, 1.0, NAN])
    yield case("clamp", *map(given, nans), args=refs)
    for name in ("clampMin", "clampMax"):
        yield case(name, floats(2, 3), args=[0.5])
        yield case(name, ladder, args=[2])
        yield case(name, ints(4), args=[2])
        yield case(name, floats(2, 3), floats(3))
        yield case(name, ladder, given([2.0] * 5))
        yield case(name, given(nans[0]), given(nans[1]))
        yield case(name, ints(3), floats(3))
        yield case(name, ints(3), floats())
    yield case("clamp", ints(4), ints(4), args=refs[:1])
    yield case("clamp", ints(4), floats(), args=refs[:1])
    yield case("clamp", small_bytes(4), ints(4), args=refs[:1])
    yield case("clamp", bools(3), bools(3), args=refs[:1])


def scalars(case):
    value = [{"input": 2}]
    yield case("maskedFill", floats(2, 3), bools(3), floats(), args=[{"input": 1}, *value])
    yield case("maskedFill", ints(4), bools(4), floats(), args=[{"input": 1}, *value], grad=False)
    yield case("maskedFill", floats(4), bools(4), ints(), args=[{"input": 1}, *value])
    yield case("maskedFill", bools(4), bools(4), ints(), args=[{"input": 1}, *value])
    for start in (1, -2):
        yield case("narrow", floats(2, 4), given(start, torch.int64), args=[1, {"input": 1}, 2])
    yield case("linear", floats(2, 3), floats(3))
    yield case("linear", floats(4, 2, 3), floats(3))
    yield case("linear", floats(3), floats(3))
    yield case("linear", floats(3, 4, 0), floats(5, 0), floats(5))
    yield case("linear", ints(3, 4, 0), ints(5, 0))
    yield case("gather", floats(5), ints(2, 0), args=[0, {"input": 1}])
    for ends in ((1, 6), (50, 41)):  # whole numbers are read without waiting everywhere
        yield case("linspace", given(ends[0]), given(ends[1]), args=[{"input": 0}, {"input": 1}, 4], grad=False)
        yield case("linspace", given(ends[1]), args=[ends[0], {"input": 0}, 3, {"dtype": "int32"}], grad=False)


def converted(case):
    makers = {"int32": ints, "uint8": small_bytes, "bool": bools, "float32": floats}
    for make in makers.values():
        for dtype in makers:
            grad = dtype == "float32"
            yield case("sum", make(2, 3), args=[1, {"dtype": dtype}], grad=grad)
            yield case("prod", make(2, 3), args=[1, {"dtype": dtype, "keepdim": True}], grad=grad)
            yield case("prod", make(3), args=[{"dtype": dtype}], grad=grad)
            if dtype != "bool":
                yield case("cumsum", make(2, 3), args=[1, {"dtype": dtype}], grad=grad)
        for name in ("softmax", "logSoftmax", "mean"):
            yield case(name, make(2, 3), args=[1, {"dtype": "float32"}])
    yield case("mean", ints(3), args=[{"dtype": "float32"}])
    yield case("prod", ints(7, low=3, high=250, dtype=torch.uint8), args=[0, {"dtype": "uint8"}])
    yield case("prod", ints(0, 2), args=[0, {"dtype": "uint8"}])
    yield case("norm", floats(2, 3), args=[2, 1, {"dtype": "float32"}])


def decimals(case):
    for count in (2, 1, 0, -2):
        yield case(
            "round", given([1.2345, -2.676, 1234.5, 150.0, 250.0, -0.004]), args=[{"decimals": count}], grad=count <= 0
        )
        yield case("round_", floats(2, 3), args=[{"decimals": count}], grad=count <= 0)
    yield case("round", given([NAN, float("inf")]), args=[{"decimals": 1}], grad=False)
    yield case("round", ints(3), args=[{}])


def in_place(case, name):
    if name == "maskedFill_":
        yield case(name, floats(2, 3), bools(3), floats(), args=[{"input": 1}, {"input": 2}])
    elif name.startswith("clamp"):
        yield case(name, floats(2, 3), floats(3))
        yield case(name, ints(3), ints(3))


def errors(case):
    for name in ("maximum", "minimum", "logicalAnd"):
        yield case(name, floats(2), args=[2, *FIRST])
    yield case("sub", ints(3), args=[True, *FIRST])
    yield case("sub", ints(3), args=[True])
    yield case("add", ints(3), args=[2, *FIRST, {"alpha": 1.5}])
    yield case("add", ints(3), ints(3), args=[{"alpha": 1.5}])
    yield case("clamp_", floats(3), floats(2, 1), args=[{"input": 1}])
    yield case("clamp_", ints(3), floats(3), args=[{"input": 1}])
    yield case("maskedFill", floats(3), bools(3), floats(1), args=[{"input": 1}, {"input": 2}])
    for start in (floats(), ints(1), bools()):
        yield case("narrow", floats(4), start, args=[0, {"input": 1}, 2])
    yield case("linear", floats(3), floats())
    yield case("linspace", floats(1), args=[{"input": 0}, 2, 3])
    yield case("linspace", floats(1), args=[2, {"input": 0}, 3])
    yield case("norm", floats(2, 2), args=["foo"])
    yield case("linear", floats(2, 3), floats(2, 2, 3))
    yield case("cumsum", ints(3), args=[0, {"dtype": "bool"}])
    yield case("mean", floats(3), args=[0, {"dtype": "int32"}])
    for name in ("softmax", "logSoftmax"):
        yield case(name, floats(3), args=[0, {"dtype": "int32"}])
    yield case("norm", floats(3), args=[2, 0, {"dtype": "int32"}])
    yield case("norm", ints(3), args=[2, 0, {"dtype": "float32"}])
    for shape in ((), (4,), (4, 2, 2)):
        yield case("embedding", given([0, 1], torch.int64), floats(*shape))
        yield case("embeddingRenorm_", floats(*shape), given([0, 1], torch.int64), args=[{"input": 1}, 1, 2])
    for count in (0, 1):
        yield case("round", ints(3), args=[{"decimals": count}])
