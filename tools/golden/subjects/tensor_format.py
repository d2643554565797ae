"""How PyTorch prints tensors."""

import torch

from encode import encode_tensor
from inputs import given, source_for

NAN, INF = float("nan"), float("inf")

FLOATS = (
    [], 0.0, 1.0, -1.0, 0.5, -0.25, 3.14159265, 1e-5, 1e8, 1e9, 123456.0, 0.0001, NAN, INF, -INF, -0.0,
    [1.0], [1.0, 2.0, 3.0], [-1.0, 2.0, 100.0], [0.5, 1.0], [0.1, -0.25, 12.5], [1.5, 1000.0], [1.5, 1001.0, 2.0],
    [1e-5, 1.0], [1e-5, 0.0], [0.0001, 0.5], [0.00009, 0.5], [1e10, 1.0], [1e8, 1.0], [123456792.0, 1.0], [99999.5, 100.0],
    [1e-4, 1.0], [1e-10, 1e10], [3.4e38, 1e-38], [0.001, 0.9999], [0.99999, 0.5], [9.99999, 1.0], [12345.678, 0.1],
    [0.00123, 0.00456], [NAN, 1.0], [NAN, 1.5, INF, -INF], [INF, 2.0], [NAN, NAN], [-INF, 1e-9], [-0.0, 0.5], [0.0, 0.0],
    [[1.0, 2.0], [3.0, 4.0]], [[0.1, -0.2], [1.25, 100.0]], [[[1.0, 2.0]], [[3.5, 4.0]]], [[]], [[], []], [[[1.0]]],
    [2.5, 3.5, -0.5], [0.00005, 0.00015], [1.00005, 1.00015], [0.12345, 0.12355], [16777216.0, 0.0], [1e7, 2.5],
)  # fmt: skip
INTS = ([], 0, 7, -12, [1, 2, 3], [-1, 10, 100], [[1, -2], [300, 4]], [2147483647, -2147483648], [[[1], [2]]], [0, 0])
BYTES = ([], 255, [0, 1, 255], [[12, 7], [0, 128]])
BOOLS = ([], True, [True, False], [[True], [False]], [[False, True], [True, True]])
SHAPES = (
    (20,), (3, 20), (2, 12), (2, 3, 4), (2, 2, 2, 2), (1, 1, 30), (1000,), (1001,), (2, 501), (40, 30), (7, 200),
    (10, 10, 11), (3, 7, 60), (1100, 1), (1, 1100), (2000,), (4, 4, 8, 9), (500, 2, 2), (0, 2000), (6, 6, 6, 6),
)  # fmt: skip


def literals():
    for data in FLOATS:
        yield torch.tensor(data, dtype=torch.float32), {}
    for data in INTS:
        yield torch.tensor(data, dtype=torch.int64), {}
    for data in INTS:
        yield torch.tensor(data, dtype=torch.int32), {}
    yield torch.tensor([2**53 - 1, -(2**53 - 1), 0]), {}
    yield torch.tensor([-(2**63), 1]), {}
    for data in BYTES:
        yield torch.tensor(data, dtype=torch.uint8), {}
    for dtype in (torch.float64, torch.float16, torch.bfloat16):
        for data in FLOATS:
            yield torch.tensor(data, dtype=dtype), {}
    for dtype in (torch.int8, torch.int16):
        yield torch.tensor([-128, 127, 0], dtype=dtype), {}
    for data in BOOLS:
        yield torch.tensor(data, dtype=torch.bool), {}


def empties():
    for shape in ((0,), (0, 3), (2, 0), (2, 0, 3)):
        for dtype in (torch.float32, torch.float64, torch.float16, torch.int32, torch.int64, torch.uint8, torch.bool):
            yield torch.zeros(shape, dtype=dtype), {}


def patterned(*shape):
    """Numbers that need no table: k-th element ((k * 37) % 1000 - 500) / 64."""
    count = torch.Size(shape).numel()
    return ((torch.arange(count) * 37) % 1000 - 500).float().div(64).reshape(shape)


def wide_and_long():
    for shape in SHAPES:
        yield patterned(*shape), {}
    yield torch.arange(2000), {}
    yield torch.arange(1200).reshape(30, 40), {}
    yield torch.arange(30), {}
    yield torch.arange(1001) % 2 == 0, {}
    yield (torch.arange(60) % 256).to(torch.uint8).reshape(2, 30), {}
    # Numbers that are left out don't count for the width, nor for whether there are fractions.
    yield torch.cat([torch.arange(3.0), torch.full((1000,), 12345.5), torch.arange(3.0)]), {}


def with_suffixes():
    x = torch.tensor([1.0, 2.5])
    yield x.clone().requires_grad_(), {"requiresGrad": True}
    yield x.clone().requires_grad_() * 2, {"gradFn": "MulBackward0"}
    yield x.clone().requires_grad_().sum(), {"gradFn": "SumBackward0"}
    yield torch.zeros(0).requires_grad_(), {"requiresGrad": True}
    yield torch.zeros(2, 0).requires_grad_() * 1, {"gradFn": "MulBackward0"}
    yield patterned(9).requires_grad_(), {"requiresGrad": True}  # the suffix on a line of its own
    yield patterned(8).requires_grad_() * 1, {"gradFn": "MulBackward0"}
    yield patterned(7).requires_grad_() * 1, {"gradFn": "MulBackward0"}
    yield (torch.arange(17) % 256).to(torch.uint8), {}
    yield (torch.arange(15) % 256).to(torch.uint8), {}
    yield patterned(3, 4).requires_grad_() * 1, {"gradFn": "MulBackward0"}
    yield torch.nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.5]])), {"parameter": True, "requiresGrad": True}
    yield torch.nn.Parameter(patterned(30, 50)), {"parameter": True, "requiresGrad": True}
    yield torch.nn.Parameter(torch.ones(2), requires_grad=False), {"parameter": True}


def encode_contents(tensor):
    """Large tensors are told as what makes them."""
    if tensor.numel() <= 100:
        return encode_tensor(tensor)
    encoded = encode_tensor(tensor)
    if len(set(encoded["data"][3:-3])) == 1:
        return encoded | {
            "data": {"head": encoded["data"][:3], "repeated": encoded["data"][3], "tail": encoded["data"][-3:]}
        }
    if tensor.is_floating_point() and torch.equal(tensor.detach(), patterned(*tensor.shape)):
        return encoded | {"data": "patterned"}
    if tensor.dtype == torch.int64 and torch.equal(tensor.flatten(), torch.arange(tensor.numel())):
        return encoded | {"data": "arange"}
    return encoded


def row(tensor, more, options=None):
    row = {"tensor": encode_contents(tensor), **more}
    return row | ({"options": options} if options else {}) | {"text": repr(tensor)}


def with_options():
    """torch.set_printoptions: what is set, then what is printed."""
    mixed = torch.tensor([[0.123456, 100.0, -2.5], [1e-7, 3.0, 4.0]])
    for options in (
        {"precision": 2}, {"precision": 8}, {"sci_mode": True}, {"sci_mode": False}, {"linewidth": 30},
        {"threshold": 5, "edgeitems": 1}, {"profile": "short"}, {"profile": "full"}, {"edgeitems": 2, "threshold": 10},
    ):  # fmt: skip
        for tensor in (mixed, torch.tensor([1.0, 2.0]), torch.arange(30), torch.tensor([1e-9, 1e5]), patterned(1001)):
            torch.set_printoptions(profile="default")
            torch.set_printoptions(**options)
            if "full" not in options.values() or tensor.numel() < 100:
                yield row(
                    tensor, {}, {("sciMode" if key == "sci_mode" else key): value for key, value in options.items()}
                )
    torch.set_printoptions(profile="default")


def golden():
    tensors = [*literals(), *empties(), *wide_and_long(), *with_suffixes()]
    random = given([[source_for("format").gauss(0, 1) for _ in range(9)] for _ in range(5)])(None)
    return {"cases": [row(tensor, more) for tensor, more in tensors] + [row(random, {})] + list(with_options())}
