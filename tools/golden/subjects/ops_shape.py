"""Other shapes of the same numbers."""

from inputs import bools, floats, ints, small_bytes


def cases(case):
    for name in ("view", "reshape"):
        for args in ([3, 2], [[6]], [-1], [2, -1, 1], [[1, 2, 3]]):
            yield case(name, floats(2, 3), args=args)
        yield case(name, floats(), args=[1, 1])
        yield case(name, floats(1), args=[[]])
        yield case(name, floats(0, 3), args=[3, 0])
        yield case(name, small_bytes(4), args=[2, 2])
    for args in ([], [1], [0, 1], [-2], [1, -1], [0, 0]):
        yield case("flatten", floats(2, 3, 2), args=args)
    yield case("flatten", floats())
    yield case("unflatten", floats(2, 6), args=[1, [2, 3]])
    yield case("unflatten", floats(6), args=[-1, [3, -1]])
    for args in ([], [0], [1], [-1], [[0, 2]]):
        yield case("squeeze", floats(1, 3, 1), args=args)
    yield case("squeeze", floats())
    for dim in (0, 1, -1, 2, -3):
        yield case("unsqueeze", floats(2, 3), args=[dim])
    for args in ([2, 3], [-1, 3], [[2, 2, 3]], [2, 2, -1]):
        yield case("expand", floats(2, 1), args=args)
    yield case("expand", floats(), args=[2, 2])
    yield case("expandAs", floats(3), floats(2, 3))
    for args in ([2], [[2, 2]], [1, 2], [2, 1, 2]):
        yield case("repeat", floats(2), args=args)
    yield case("repeat", ints(2, 2), args=[2, 1])
    yield case("repeat", floats(2), args=[0])
    for shape in ((2, 3), (3,), ()):
        yield case("t", floats(*shape))
    for args in ([0, 1], [0, 2], [-1, -2], [1, 1]):
        yield case("transpose", floats(2, 3, 2), args=args)
    for args in ([2, 0, 1], [[0, 2, 1]], [-1, 0, 1]):
        yield case("permute", floats(2, 3, 2), args=args)
    for args in ([0], [1], [0, 1], [[-1]]):
        yield case("flip", floats(2, 3), args=args)
    yield case("flip", bools(3), args=[0])
    for args in (
        [[1, 1]],
        [[1, 0, 0, 2]],
        [[0, 1], {"value": 2.5}],
        [[-1, 0]],
        [[-1, 1, 1, -1]],
        [[2, 0], {"value": -1}],
    ):
        yield case("pad", floats(2, 3), args=args)
    yield case("pad", ints(2), args=[[1, 1]])
    yield case("pad", floats(1, 2, 2), args=[[1, 1, 1, 1, 0, 1]])
    yield case("pad", bools(2), args=[[1, 1], {"value": 2}])
    yield case("pad", ints(2), args=[[1, 1], {"value": 2.5}])
    yield case("pad", small_bytes(2), args=[[1, 1], {"value": 255}])
    yield case("squeeze", floats(1, 3), args=[[]])


def errors(case):
    return ()
