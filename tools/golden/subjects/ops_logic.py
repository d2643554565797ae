"""Comparison, choice, and questions about numbers."""

import torch

from inputs import SPECIAL, bools, floats, given, ints, small_bytes


def cases(case):
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        yield case(name, ints(2, 3, low=0, high=2), ints(3, low=0, high=2))
        yield case(
            name, given([1.0, 2.0, 3.0, float("nan"), float("inf")]), given([1.0, 3.0, 2.0, float("nan"), float("inf")])
        )
        yield case(name, floats(4), args=[0.5])
        yield case(name, ints(4, low=0, high=2), args=[1])
        yield case(name, small_bytes(4), given([1.5, 3.0, 4.0, 9.0]))
        yield case(name, bools(4), bools(4))
        yield case(name, floats(0), floats(1))
    for name in ("logicalAnd", "logicalOr"):
        yield case(name, bools(2, 3), bools(3))
        yield case(name, ints(4, low=0, high=1), floats(4))
    for make in (bools(4), ints(4, low=0, high=1), given([0.0, -0.0, 0.5, float("nan")])):
        yield case("logicalNot", make)
    for name in ("isnan", "isinf", "isfinite"):
        yield case(name, SPECIAL)
        yield case(name, ints(2))
    yield from choice(case)
    for name in ("equal", "allclose"):
        yield case(name, given([1.0, 2.0]), given([1.0, 2.0]))
        yield case(name, given([1.0, 2.0]), given([1.0, 2.1]))
        yield case(name, given([1.0, float("nan")]), given([1.0, float("nan")]))
    yield case("equal", given([1.0, 2.0]), given([[1.0, 2.0]]))
    yield case("allclose", given([1.0, 2.0]), given([1.000001, 2.000001]))
    yield case("allclose", given([1.0, 2.0]), given([1.01, 2.0]), args=[{"atol": 0.1}])
    yield case("allclose", given([100.0]), given([101.0]), args=[{"rtol": 0.01}])
    yield case(
        "allclose", given([float("nan"), float("inf")]), given([float("nan"), float("inf")]), args=[{"equalNan": True}]
    )
    yield case("allclose", given([float("inf")]), given([float("-inf")]))


def choice(case):
    yield case("where", bools(2, 3), floats(2, 3), floats(3))
    yield case("where", bools(3, 1), floats(3), floats(1, 3))
    yield case("where", bools(4), floats(4), args=[0])
    yield case("where", bools(4), ints(4), ints(4))
    yield case("where", bools(4), ints(4), floats())
    yield case("where", bools(), floats(2), floats(2))
    yield case("maskedFill", floats(2, 3), bools(2, 3), args=[-1.5])
    yield case("maskedFill", floats(2, 3), bools(3), args=[float("-1e9")])
    yield case("maskedFill", ints(4), bools(4), args=[7])
    yield case("maskedSelect", floats(2, 3), given([[True, False, True], [False, True, True]], torch.bool))
    yield case("maskedSelect", floats(2, 2), given([False, True], torch.bool))
    yield case("nonzero", given([[0.0, 1.5], [2.0, 0.0]]))
    yield case("nonzero", given([True, False, True], torch.bool))
    yield case("nonzero", given([0, 0], torch.int64))
    yield case("nonzero", given(2.0))
    yield case("nonzero", given(0.0))


def errors(case):
    return ()
