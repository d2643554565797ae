"""Sums, means, extremes, orders."""

import torch

from inputs import SPECIAL, bools, floats, given, ints, positive, small_bytes

DIMS = ([], [0], [-1], [1, {"keepdim": True}], [[0, 2]], [[-1, 0], {"keepdim": True}])
ONE_DIM = ([0], [-1], [1, {"keepdim": True}])


INF, NAN = float("inf"), float("nan")


def cases(case):
    for name in ("sum", "mean", "var", "std", "amax", "amin"):
        for args in DIMS:
            yield case(name, floats(2, 3, 4), args=args)
        if name not in ("var", "std"):
            yield case(name, floats())
            yield case(name, SPECIAL, grad=False)
    yield from sums(case)
    yield from extremes(case)
    yield from spreads(case)
    yield from orders(case)
    for name in ("all", "any"):
        for args in ([], [0], [-1, {"keepdim": True}]):
            yield case(name, bools(2, 3), args=args)
        for make in (ints(4, low=0, high=1), given([0.0, 1.0]), bools(0), floats(0, 2), small_bytes(3), bools()):
            yield case(name, make)
        yield case(name, bools(2, 2, 2), args=[[0, 2]])
    for name in ("softmax", "logSoftmax"):
        for args in ([1], [0], [-1]):
            yield case(name, floats(2, 4), args=args)
        yield case(name, floats(2, 3, 2), args=[1])
        yield case(name, given([1000.0, 1001.0, -1000.0]), args=[0])
        yield case(name, given([[0.0, float("-inf")], [1.0, 1.0]]), args=[1], grad=False)
        yield case(name, floats(), args=[0])
    yield from edges(case)


def number(value):
    """As an argument: JSON has no infinity."""
    return {"number": str(value)} if abs(value) == INF else value


def edges(case):
    """Where a norm or an extreme has no slope, or one by definition."""
    for p in (0, 0.5, 1, 1.5, 2, 3, -1, -2, INF, -INF):
        for values in ([0.0, 0.0], [0.0, 1.0], [1.0, NAN, 2.0], [3.0, -4.0, 3.0], [INF, 1.0]):
            yield case("norm", given(values), args=[number(p)], grad=p != 0)
    yield case("norm", given([[0.0, 0.0], [1.0, -2.0]]), args=[3, 1])
    yield case("norm", given([[0.0, 0.0], [1.0, -2.0]]), args=[3, 1, {"keepdim": True}])
    for name in ("max", "min", "amax", "amin"):
        yield case(name, given([NAN, -1.0, 2.0, NAN]))
    for name in ("max", "min"):
        yield case(name, given([[NAN, -1.0, NAN], [2.0, 2.0, 1.0]]), args=[1])
    yield case("logsumexp", given([100, 200, 90], torch.uint8), args=[0])
    yield case("logsumexp", given([-16777216, 16777215], torch.int64), args=[0])
    yield case("logsumexp", bools(3), args=[0])


def sums(case):
    for make in (ints, small_bytes, bools):
        yield case("sum", make(2, 3))
        yield case("sum", make(2, 3), args=[0])
        yield case("prod", make(3))
        yield case("cumsum", make(2, 3), args=[1])
    yield case("sum", small_bytes(3), args=[0, {"dtype": "float32"}])
    yield case("sum", floats(0, 3))
    yield case("sum", floats(0, 3), args=[0])
    yield case("mean", floats(0))
    for args in ([], [0], [-1, {"keepdim": True}]):
        yield case("prod", floats(2, 3), args=args)
    yield case("prod", given([[2.0, 0.0, 3.0], [1.0, 4.0, 5.0]]))
    yield case("prod", given([[2.0, 0.0, 3.0], [0.0, 4.0, 0.0]]), args=[1])
    yield case("prod", floats(0))
    for args in ([0], [1], [-1]):
        yield case("cumsum", floats(2, 3), args=args)
    yield case("cumsum", floats(0, 2), args=[0])
    for args in ([0], [-1, {"keepdim": True}], [[0, 1]]):
        yield case("logsumexp", floats(2, 3), args=args)
    yield case("logsumexp", given([1000.0, 1000.0]), args=[0])
    yield case("logsumexp", floats(2, 0), args=[1])
    yield case("logsumexp", floats(0, 2), args=[1])
    yield case("logsumexp", ints(3), args=[0])


def extremes(case):
    for name in ("max", "min", "argmax", "argmin"):
        yield case(name, floats(2, 3))
        for args in ONE_DIM:
            yield case(name, floats(2, 3), args=args)
        yield case(name, ints(2, 4, low=0, high=50), args=[1])
        yield case(name, floats(), args=[])
        yield case(name, given([[1.0, float("nan"), 3.0], [float("inf"), 2.0, float("-inf")]]), args=[1], grad=False)
        yield case(name, given([[2.0, 1.0, 2.0], [0.0, 0.0, 0.0]]), args=[1])  # ties: the first wins
        yield case(name, small_bytes(4))
    for name in ("max", "min", "amax", "amin"):
        yield case(name, given([2.0, 1.0, 2.0, 1.0]))  # ties share the gradient
    yield case("argmax", floats(2, 3), args=[{"keepdim": True}])
    yield case("amax", ints(2, 3), args=[0])
    yield case("amin", ints(2, 3), args=[0])


def spreads(case):
    for name in ("var", "std"):
        yield case(name, floats(5), args=[0, {"correction": 0}])
        yield case(name, floats(2, 3), args=[1, {"correction": 0, "keepdim": True}])
        yield case(name, floats(4), args=[0, {"correction": 2}])
        yield case(name, floats(1), grad=False)
        yield case(name, given([3.0, 3.0, 3.0]), args=[0, {"correction": 0}], grad=False)
    for args in ([], [2], [1], ["fro"], [3]):
        yield case("norm", floats(2, 3), args=args)
    for args in ([2, 1], [1, 0], [2, -1, {"keepdim": True}], [2, [0, 1]]):
        yield case("norm", floats(2, 3), args=args)
    yield case("norm", given([0.0, 0.0]))
    yield case("norm", given([3.0, -4.0, 0.0]), args=[1])
    yield case("norm", floats())
    yield case("norm", positive(4), args=[0.5])


def orders(case):
    for args in ([], [0], [-1, {"descending": True}]):
        yield case("sort", floats(3, 4), args=args)
        yield case("argsort", floats(3, 4), args=args)
    yield case("sort", ints(5, low=0, high=99))
    yield case("sort", given([2.0, float("nan"), float("-inf"), 1.0]), grad=False)
    yield case("sort", given([2.0, float("nan"), float("-inf"), 1.0]), args=[0, {"descending": True}], grad=False)
    yield case("sort", floats())
    yield case("sort", given([True, False], torch.bool))
    for args in ([2], [1, 0], [3, -1, {"largest": False}], [2, 1, {"largest": True}], [0]):
        yield case("topk", floats(3, 4), args=args)
    yield case("topk", ints(6, low=0, high=200), args=[3])


def errors(case):
    return ()
