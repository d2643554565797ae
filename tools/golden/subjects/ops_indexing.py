"""Parts of tensors, and tensors put together."""

import torch

from inputs import bools, floats, given, ints


def cases(case):
    yield from joining(case)
    yield from splitting(case)
    yield from selecting(case)
    yield from embedding(case)
    yield from python_indices(case)
    yield from putting(case)


def joining(case):
    for args in ([], [0], [1], [-1]):
        yield case("cat", floats(2, 3), floats(2, 3), args=args, as_list=True)
        yield case("stack", floats(2, 3), floats(2, 3), args=args, as_list=True)
    yield case("cat", floats(1, 2), floats(3, 2), floats(2, 2), as_list=True)
    yield case("cat", ints(2), floats(2), as_list=True)
    yield case("cat", bools(2), ints(1), as_list=True)
    yield case("cat", floats(0), floats(2, 2), as_list=True)
    yield case("cat", floats(0, 2), floats(1, 2), as_list=True)
    yield case("stack", floats(), floats(), floats(), as_list=True)
    yield case("stack", ints(2), ints(2), args=[1], as_list=True)
    yield case("stack", floats(2), as_list=True)


def splitting(case):
    yield case("split", floats(5, 2), args=[2])
    yield case("split", floats(2, 5), args=[3, 1])
    yield case("split", floats(5), args=[[1, 4]])
    yield case("split", floats(2, 4), args=[[1, 0, 3], -1])
    yield case("chunk", floats(5), args=[2])
    yield case("chunk", floats(2, 6), args=[3, 1])
    yield case("chunk", floats(5), args=[4])
    yield case("chunk", floats(2), args=[5])
    yield case("chunk", floats(0), args=[3])
    yield case("chunk", floats(2, 0), args=[2, 1])
    yield case("unbind", floats(2, 3))
    yield case("unbind", floats(2, 3), args=[1])


def selecting(case):
    for args in ([0, 1], [1, -1], [-1, 0]):
        yield case("select", floats(2, 3), args=args)
    for args in ([0, 1, 1], [1, 0, 2], [-1, -2, 2], [1, 1, 0]):
        yield case("narrow", floats(2, 3), args=args)
    yield case("gather", floats(2, 3), given([[0, 0, 1]], torch.int64), args=[0, {"input": 1}])
    yield case("gather", floats(2, 3), given([[2, 0], [1, 1]], torch.int64), args=[1, {"input": 1}])
    yield case("gather", floats(3), given([2, 2, 0, 1], torch.int64), args=[-1, {"input": 1}])
    yield case("gather", ints(2, 2), given([[1], [0]], torch.int64), args=[1, {"input": 1}])
    for dim in (0, 1, -1):
        yield case("indexSelect", floats(2, 3), given([1, 0, 1], torch.int64), args=[dim, {"input": 1}])
    yield case("indexSelect", floats(4), given([], torch.int64), args=[0, {"input": 1}])
    yield case("indexSelect", ints(3), given([2, 0], torch.int64), args=[0, {"input": 1}])


def embedding(case):
    words = given([[2, 0, 2], [3, 1, 2]], torch.int64)
    yield case("embedding", words, floats(4, 2))
    yield case("embedding", given(1, torch.int64), floats(4, 2))
    # The row that is asked for gets its slope here: what `paddingIdx` does otherwise is tried with the layer.
    yield case("embedding", given([3, 0], torch.int64), floats(4, 2), args=[{"paddingIdx": 2}])
    for args in ([1, 2], [0.5, 1], [1.5, 3]):
        yield case("embeddingRenorm_", floats(4, 2), words, args=[{"input": 1}, *args], grad=False)


def python_indices(case):
    for args in (
        [0], [-1], [0, 1], [":"], ["1:"], [":", "1:3"], ["...", 0], [None], [":", None, "::2"], ["-2:"],
        [0, "...", None], ["1:1"], [":-1", 1], ["...", "::3"], ["5:9"], [1, ":", "0:2"],
    ):  # fmt: skip
        yield case("index", floats(3, 4, 2) if len(args) < 3 or args[1] in (":", None) else floats(3, 4), args=args)
    pick = given([2, 0, 2], torch.int64)
    yield case("index", floats(3, 4), pick, args=[{"input": 1}])
    yield case("index", floats(2, 4), pick, args=[":", {"input": 1}])
    yield case("index", floats(3, 4), pick, given([1, 3, 0], torch.int64), args=[{"input": 1}, {"input": 2}])
    yield case(
        "index",
        floats(3, 4),
        given([[0], [2]], torch.int64),
        given([1, 3], torch.int64),
        args=[{"input": 1}, {"input": 2}],
    )
    yield case("index", floats(3, 2), given([[-1, 0]], torch.int64), args=[{"input": 1}])
    yield case("index", floats(3, 2), given([True, False, True], torch.bool), args=[{"input": 1}])
    yield case("index", floats(2, 2), given([[True, False], [True, True]], torch.bool), args=[{"input": 1}])
    yield case("index", floats(3, 4), pick, args=["1:", {"input": 1}])
    yield case("index", floats(3, 4), given([1, 0], torch.int64), args=[0, {"input": 1}])
    for args in (
        [[0, 2]],
        [[-1]],
        [[[0], [2]], [1, 3]],
        [":", [1, 0]],
        [[True, False, True]],
        [[], 1],
        [0, [True] * 4],
    ):
        yield case("index", floats(3, 4), args=args)
    yield case("index", ints(4), given([3, 1], torch.int64), args=[{"input": 1}])


def putting(case):
    for indices in ([0], [":", "1:3"], ["...", -1], [[2, 0]], [":", [1, 3]], [[2, 0], [1, 1]], ["1:", [0, 3]]):
        yield case("indexPut", floats(3, 4), floats(), args=[indices, {"input": 1}])
    yield case("indexPut", floats(3, 4), floats(2, 4), args=[[[2, 0]], {"input": 1}])
    yield case("indexPut", floats(3, 4), floats(2), args=[[[2, 0], [1, 1]], {"input": 1}])
    yield case("indexPut", floats(3, 2, 2), floats(3, 2), args=[[":", 0, [1, 0]], {"input": 1}])
    yield case("indexPut", floats(2, 2), floats(3), args=[[[[True, False], [True, True]]], {"input": 1}])
    for indices, shape in (([[2, 0, 2]], (3, 4)), ([[2, 0, 2], [1, 1, 1]], (3,)), ([[2, 0, 2], [1, 1, 1]], ())):
        yield case("indexPut", floats(3, 4), floats(*shape), args=[indices, {"input": 1}, {"accumulate": True}])
    yield case("indexPut", ints(3), ints(2), args=[[[2, 0]], {"input": 1}])
    yield case("indexPut", ints(3), ints(2), args=[[[2, 2]], {"input": 1}, {"accumulate": True}])
    for args in ([], [1], [-1], [0, 1, 0]):
        yield case("diagonal", floats(3, 4), args=args)
    yield case("diagonal", floats(2, 3, 3), args=[0, 1, 2])
    for args in ([0, 2, 1], [1, 3, 2], [-1, 1, 1]):
        yield case("unfold", floats(3, 5), args=args)
    yield case("movedim", floats(2, 3, 2), args=[0, 2])
    yield case("movedim", floats(2, 3, 2), args=[[0, 1], [1, 2]])
    yield case("viewAs", floats(6), floats(2, 3))
    yield case("reshapeAs", floats(6), floats(2, 3))
    yield case("selectScatter", floats(2, 3), floats(3), args=[{"input": 1}, 0, 1])
    yield case("sliceScatter", floats(5), floats(2), args=[{"input": 1}, 0, 1, 4, 2])
    yield case("sliceScatter", floats(2, 3), floats(2, 2), args=[{"input": 1}, 1, 1])
    yield case("diagonalScatter", floats(3, 3), floats(2), args=[{"input": 1}, 1])


def errors(case):
    return ()
