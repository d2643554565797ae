"""Tensors from nothing, and dtype conversion."""

from inputs import SPECIAL, bools, floats, given, ints, small_bytes


def cases(case):
    for shape in ([2, 3], [], [0, 2]):
        yield case("zeros", args=[shape])
        yield case("ones", args=[shape])
    yield case("zeros", args=[[3], {"dtype": "int32"}])
    yield case("ones", args=[[2], {"dtype": "bool"}])
    yield case("full", args=[[2, 2], 1.5])
    yield case("full", args=[[3], 7, {"dtype": "int32"}])
    yield case("full", args=[[], 200, {"dtype": "uint8"}])
    for args in ([5], [2, 6], [1, 10, 3], [5, 0, -2], [0], [3, 3]):
        yield case("arange", args=args)
    yield case("arange", args=[0, 1, 0.25])
    yield case("arange", args=[1, 2.05, 0.1])
    yield case("arange", args=[3, {"dtype": "float32"}])
    whole = {"dtype": "int32"}
    for args in ([0, 5, 0.5], [0.5, 5.5, 1.5], [0, 5, 1.5], [5, 0, -1.5], [0.9, 3.1]):
        yield case("arange", args=[*args, whole])
    yield case("arange", args=[0, 5, 1.5, {"dtype": "uint8"}])
    for args in ([0, 7, 50], [7, 0, 50], [0.5, 7.7, 9], [-3, 4, 9], [5, 5, 1], [3, 4, 2]):
        yield case("linspace", args=[*args, whole])
    yield case("linspace", args=[0, 7, 50, {"dtype": "uint8"}])
    for args in ([0, 1, 5], [-2, 2, 9], [3, -1, 4], [0, 10, 1], [0, 1, 0], [0.1, 0.7, 7]):
        yield case("linspace", args=args)
    yield case("eye", args=[3])
    yield case("eye", args=[2, {"dtype": "int32"}])
    for name in ("zerosLike", "onesLike"):
        yield case(name, floats(2, 2))
        yield case(name, ints(3))
        yield case(name, bools(2, 1))
        yield case(name, floats(2), args=[{"dtype": "uint8"}])
    yield case("fullLike", floats(2, 2), args=[0.25])
    yield case("fullLike", ints(3), args=[4])
    yield from conversions(case)


def conversions(case):
    fractions = given([-1.7, -0.5, 0.0, 0.4, 2.5, 3.99])
    yield case("to", fractions, args=["int32"])
    yield case("to", given([0.0, 0.9, 3.5, 255.0]), args=["uint8"])
    yield case("to", fractions, args=["bool"])
    yield case("to", SPECIAL, args=["bool"], grad=False)
    yield case("to", ints(2, 3), args=["float32"])
    yield case("to", ints(2, 3, low=250, high=600), args=["uint8"])
    yield case("to", ints(5, low=-1, high=1), args=["bool"])
    yield case("to", bools(5), args=["int32"])
    yield case("to", bools(5), args=["float32"])
    yield case("to", small_bytes(2, 2), args=["float32"])
    yield case("to", small_bytes(2, 2), args=["int32"])
    yield case("to", floats(2, 2), args=["float32"])
    yield case("to", given([float("inf"), 300.0, -1.0, float("nan")]), args=["uint8"], grad=False)
    for name in ("float", "int", "bool", "byte", "double", "half", "bfloat16", "long", "short", "char"):
        yield case(name, ints(4, low=0, high=3))
    yield case("clone", floats(2, 2))
    yield case("contiguous", floats(2, 2))
    yield case("detach", floats(2, 2))


def errors(case):
    return ()
