"""Pointwise arithmetic: broadcasting, promotion, special values, in-place twins."""

from pathlib import Path

import torch
from torch.testing._internal.common_methods_invocations import UnaryUfuncInfo, op_db

from inputs import SPECIAL, bools, floats, given, ints, positive, small_bytes
from sample_forms import exported, kindling_name

UNARY = (
    "neg",
    "exp",
    "expm1",
    "square",
    "abs",
    "sign",
    "sin",
    "cos",
    "erf",
    "floor",
    "ceil",
    "round",
    "relu",
    "sigmoid",
    "tanh",
)
POSITIVE = ("log", "log1p", "sqrt", "rsqrt", "reciprocal")
INF, NAN = float("inf"), float("nan")
OPS = Path(__file__).resolve().parents[3] / "packages/core/src/ops/arithmetic.ts"
WHOLE = ("neg", "abs", "sign", "floor", "ceil", "round", "square", "relu")
PAIRS = (
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((2, 1, 3), (4, 1)),
    ((), (2, 2)),
    ((2, 2), ()),
    ((), ()),
    ((1,), (3, 1)),
    ((0, 3), (1, 3)),
)


def cases(case):
    yield from unary(case)
    yield from binary(case)
    yield from promotion(case)
    yield from powers(case)
    yield from extremes(case)
    yield from in_place(case)
    yield from quotients(case)
    yield from edges(case)


def unary(case):
    for name in UNARY + POSITIVE:
        make = positive if name in POSITIVE else floats
        yield case(name, make(2, 3))
        yield case(name, make())
        yield case(name, make(0, 2))
        yield case(name, SPECIAL, grad=False)
        yield case(name, ints(4, low=1, high=6) if name in POSITIVE else ints(5, low=-3, high=3))
    for name, (low, high) in unnamed():
        yield case(name, floats(2, 3, low=low, high=high))
        yield case(name, floats(low=low, high=high))
        yield case(name, floats(0, 2))
        yield case(name, SPECIAL, grad=False)
        yield case(name, ints(5, low=-3, high=3), grad=False)
    for name in ("exp", "sqrt", "sigmoid", "tanh", "log", "sin"):
        yield case(name, bools(3))
        yield case(name, ints(3, low=1, high=9, dtype=torch.uint8))
    for name in ("floor", "ceil", "round"):
        yield case(name, given([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49]))
    for name in ("abs", "sign", "relu", "sqrt"):
        yield case(name, given([0.0, 0.25, 4.0]))  # the derivative at 0
    yield case("sigmoid", given([-100.0, -20.0, -5.0, 5.0, 20.0, 100.0]))
    yield case("tanh", given([-100.0, -5.0, 5.0, 100.0]))


def unnamed():
    """Functions of one operand that Kindling has and no list above names, with a part of the range where PyTorch says that they are defined."""
    ours = exported(OPS) - {*UNARY, *POSITIVE}
    found = {kindling_name(op.name): op.domain for op in op_db if isinstance(op, UnaryUfuncInfo)}
    for name in sorted(ours & found.keys()):
        low, high = found[name]
        yield (
            name,
            (-2.0 if low is None else low + 0.05, (2.0 if low is None else low + 4.0) if high is None else high - 0.05),
        )


def binary(case):
    for name in ("add", "sub", "mul", "div", "remainder"):
        for left, right in PAIRS:
            yield case(name, floats(*left), floats(*right, low=0.2, high=3.0))
        yield case(name, floats(2, 3), args=[2])
        yield case(name, floats(2, 3), args=[-1.25])
        yield case(
            name,
            given([0.0, 1.0, -1.0, float("inf"), float("nan")]),
            given([0.0, float("inf"), 0.0, float("inf"), 1.0]),
            grad=False,
        )
    for name in ("add", "sub"):
        yield case(name, floats(2, 3), floats(3), args=[{"alpha": 2.5}])
        yield case(name, ints(3), ints(3), args=[{"alpha": 2}])
    for mode in ("floor", "trunc"):
        yield case("div", floats(6), floats(6, low=0.3, high=2.0), args=[{"roundingMode": mode}])
        yield case("div", ints(6), given([2, -2, 3, -3, 1, 4], torch.int64), args=[{"roundingMode": mode}])
        yield case("div", ints(5), args=[2, {"roundingMode": mode}])
    yield case("remainder", given([5.0, -5.0, 5.0, -5.0, 0.0]), given([3.0, 3.0, -3.0, -3.0, 2.0]))
    yield case("remainder", given([5, -5, 5, -5, 0], torch.int64), given([3, 3, -3, -3, 2], torch.int64))


def promotion(case):
    makers = (floats, ints, small_bytes, bools)
    for name in ("add", "mul"):
        for left in makers:
            for right in makers:
                yield case(name, left(2, 2), right(2, 2))
    for name in ("sub", "div"):
        for left, right in ((ints, ints), (ints, floats), (small_bytes, ints), (ints, small_bytes)):
            yield case(name, left(3), right(3))
    for make in (ints, small_bytes, bools):
        yield case("add", make(3), args=[2])
        yield case("add", make(3), args=[2.5])
        yield case("mul", make(3), args=[0.5])
        yield case("div", make(3), args=[4])
    yield case("add", given([250, 10], torch.uint8), given([10, 250], torch.uint8))
    yield case("sub", given([1, 10], torch.uint8), given([2, 3], torch.uint8))
    yield case("add", given(2, torch.int64), small_bytes(2))  # a 0-d tensor of the same kind doesn't promote
    yield case("add", given(2.5), ints(2))
    yield case("add", small_bytes(), ints(2))
    yield case("mul", given(True, torch.bool), floats(2))


def powers(case):
    yield case("pow", positive(2, 3), floats(3))
    yield case("pow", positive(2, 2), positive())
    for exponent in (2, 3, 0, 1, -1, 0.5, -2, 2.5):
        yield case("pow", positive(4), args=[exponent])
    for exponent in (2, 3, 0, 1):
        yield case("pow", given([-1.5, 0.0, 2.0]), args=[exponent])
    yield case("pow", given([-2.0, 0.0, 4.0]), args=[0.5], grad=False)
    yield case("pow", ints(4), args=[2])
    yield case("pow", ints(4, low=1, high=5), args=[0.5])
    yield case("pow", given([2, 3, 0], torch.int64), given([3, 0, 2], torch.int64))


def extremes(case):
    for name in ("maximum", "minimum"):
        yield case(name, floats(2, 3), floats(3))
        yield case(name, given([1.0, 2.0, 2.0]), given([2.0, 2.0, 1.0]))  # a tie shares the gradient
        yield case(name, SPECIAL, given([0.0] * 9), grad=False)
        yield case(name, ints(4), ints(4))
        yield case(name, ints(2, 2), floats(2))
        yield case(name, floats(), floats(3))
    for name in ("max", "min"):
        yield case(name, floats(2, 3), floats(3))
    for args in ([-1, 1], [{"min": 0}], [{"max": 0.5}], [0.5, -0.5], [{"min": -0.25, "max": 1}]):
        yield case("clamp", floats(2, 3), args=args)
    yield case("clamp", given([-1.0, 0.0, 1.0, 2.0]), args=[0, 1])  # the bounds themselves let the gradient through
    yield case("clamp", SPECIAL, args=[-1, 1], grad=False)
    yield case("clamp", ints(5), args=[0, 4])
    yield case("clamp", ints(5), args=[{"max": 2.5}])
    yield case("clamp", small_bytes(5), args=[2, 6])


DIVIDENDS = given([1.0, -1.0, 1.0, -1e-8, -501.0, 5.0, -5.0, 5.0, -5.0, 0.0, 1e10, 7.0, 3.75, -7.5])
DIVISORS = given([0.1, 0.1, -0.1, 1.0, 1e20, INF, INF, -INF, -INF, -3.0, 3.0, 1e-3, 0.25, 2.5])
UNDEFINED = (given([1.0, -1.0, 0.0, INF, NAN, 1.0, INF]), given([0.0, 0.0, 0.0, 2.0, 1.0, NAN, INF]))


def quotients(case):
    """Where the quotient is not what is to be rounded."""
    for name, options in (
        ("remainder", []),
        ("div", [{"roundingMode": "floor"}]),
        ("div", [{"roundingMode": "trunc"}]),
    ):
        if options != [{"roundingMode": "trunc"}]:  # which rounds the quotient, of float32 or of float64
            yield case(name, DIVIDENDS, DIVISORS, args=options)
        yield case(name, *UNDEFINED, args=options, grad=name == "div")
        yield case(name, given([-1e-8, -501.0, 5.5, 1.0]), args=[1, *options])
        yield case(name, given([[1.0], [0.3], [-0.3]]), given([0.1, 0.03]), args=options)


def edges(case):
    """Where a derivative or a dtype is a matter of definition."""
    for name in ("relu", "abs", "sign", "floor", "ceil", "round"):
        yield case(name, given([NAN, 0.0, -1.0, 2.0]))
    for name in ("maximum", "minimum"):
        yield case(name, given([NAN, 1.0, NAN, 2.0]), given([1.0, NAN, NAN, 2.0]))
    yield case("clamp", given([NAN, -1.0, 0.5]), args=[0, 1])
    yield case(
        "pow",
        given([1.0, 1.0, 0.0, NAN, -8.0, -2.0, 2.0, INF, -INF, 1.0, -1.0, -1.0, 1.0, 0.0, -0.5]),
        given([NAN, INF, 0.0, 0.0, 0.5, 3.0, -INF, 0.0, 3.0, -INF, INF, NAN, 1.0, 2.0, -INF]),
        grad=False,
    )
    yield case("pow", given([1.0, 2.0]), args=[{"number": "nan"}], grad=False)
    yield case("pow", given([3, 2, 16], torch.uint8), args=[5])
    yield case("pow", given([3, 2, 16], torch.uint8), given([[7], [0]], torch.uint8))
    yield case("square", given([True, False], torch.bool))
    for name, bounds in (("clamp", [{"max": 2**40}]), ("clamp", [{"min": -(2**40), "max": 3}])):
        yield case(name, ints(5), args=bounds)


def in_place(case):
    for name in ("add_", "sub_", "mul_", "div_"):
        yield case(name, floats(2, 3), positive(3))
        yield case(name, floats(2, 3), args=[2])
        yield case(name, floats(3), ints(3, low=1, high=4))
    yield case("add_", floats(2, 3), floats(3), args=[{"alpha": -0.5}])
    yield case("sub_", floats(2, 3), floats(3), args=[{"alpha": 2}])
    yield case("add_", ints(3), args=[2])
    yield case("mul_", small_bytes(3), args=[3])
    yield case("add_", ints(3), small_bytes(3))
    yield case("pow_", positive(3), args=[2])
    for name in ("neg_", "exp_", "abs_", "relu_", "sigmoid_", "tanh_"):
        yield case(name, floats(2, 2))
    for name in ("log_", "sqrt_"):
        yield case(name, positive(2, 2))
    yield case("clamp_", floats(5), args=[-0.5, 0.5])
    yield case("clamp_", floats(5), args=[{"min": 0}])
    yield case("maskedFill_", floats(2, 3), given([True, False, True], torch.bool), args=[-9])
    yield case("fill_", floats(2, 2), args=[3.5])
    yield case("zero_", floats(2, 2))
    yield case("copy_", floats(2, 3), floats(3))
    yield case("copy_", floats(3), ints(3))
    yield case("copy_", ints(3), given([1.9, -1.9, 0.5]))


def errors(case):
    return ()


def more():
    """Beside the cases, which have an absolute tolerance, those that are compared relatively."""
    from subjects.arithmetic_precision import rows

    return {"precise": rows()}
