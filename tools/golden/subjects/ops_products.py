"""Products of vectors, matrices, batches."""

import torch

from inputs import floats, given, ints

MATMUL = (
    ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((1, 3), (3, 1)), ((2, 0), (0, 3)),
    ((0, 2), (2, 3)), ((2, 2, 3), (3, 2)), ((2, 3), (2, 3, 2)), ((2, 2, 3), (2, 3, 2)), ((2, 2, 3), (3,)), ((3,), (2, 3, 2)),
    ((2, 1, 2, 3), (3, 3, 2)), ((1, 2, 3), (2, 3, 2)),
)  # fmt: skip


def cases(case):
    for left, right in MATMUL:
        yield case("matmul", floats(*left), floats(*right))
    yield case("matmul", ints(2, 3), ints(3, 2))
    yield case("mm", floats(2, 3), floats(3, 4))
    yield case("mm", floats(1, 5), floats(5, 1))
    yield case("mm", floats(5, 4), floats(4, 5))
    yield case("mm", ints(2, 2), ints(2, 2))
    yield case("bmm", floats(2, 2, 3), floats(2, 3, 2))
    yield case("bmm", floats(3, 1, 2), floats(3, 2, 1))
    yield case("mv", floats(2, 3), floats(3))
    yield case("dot", floats(4), floats(4))
    yield case("dot", ints(4), ints(4))
    yield case("outer", floats(2), floats(3))
    yield case("oneHot", ints(5, low=0, high=3), args=[4])
    yield case("oneHot", ints(2, 2, low=0, high=2), args=[3])
    yield case("oneHot", lambda source: torch.tensor([0, 2, 1]))
    yield case("oneHot", lambda source: torch.tensor(1), args=[3])
    yield case("oneHot", given([], torch.int64), args=[4])


def errors(case):
    return ()
