"""Functions of tensors of two dtypes: the dtype of the result, or PyTorch's message. How each is called in TypeScript, its test says."""

import torch
from torch.nn import functional as F

from encode import DTYPES

NAMES = {name: dtype for dtype, name in DTYPES.items()}
FIRST = ["float32", "float64", "int64", "float16", "bfloat16"]
SECOND = ["float32", "float64", "int64"]


def of(dtype, *shape):
    """0.1, 0.2, ...; whole numbers, rounded down."""
    count = torch.Size(shape).numel()
    return ((torch.arange(count) + 1) * 0.1).reshape(shape).to(dtype)


def mask():
    return torch.tensor([False, True, True])


def first():
    return torch.tensor([0])


CALLS = {
    "matmul": lambda a, b: of(a, 2, 3) @ of(b, 3, 2),
    "dot": lambda a, b: torch.dot(of(a, 3), of(b, 3)),
    "linear": lambda a, b: F.linear(of(a, 2, 3), of(b, 4, 3)),
    "linearBias": lambda a, b: F.linear(of(a, 2, 3), of(a, 4, 3), of(b, 4)),
    "conv2d": lambda a, b: F.conv2d(of(a, 1, 1, 3, 3), of(b, 1, 1, 2, 2)),
    "conv2dBias": lambda a, b: F.conv2d(of(a, 1, 1, 3, 3), of(a, 1, 1, 2, 2), of(b, 1)),
    "layerNorm": lambda a, b: F.layer_norm(of(a, 2, 3), (3,), of(b, 3), of(b, 3)),
    "groupNorm": lambda a, b: F.group_norm(of(a, 2, 4), 2, of(b, 4), of(b, 4)),
    "batchNorm": lambda a, b: F.batch_norm(of(a, 2, 3), of(b, 3), of(b, 3), of(b, 3), of(b, 3), True),
    "batchNormEval": lambda a, b: F.batch_norm(of(a, 2, 3), of(b, 3), of(b, 3)),
    "where": lambda a, b: torch.where(mask(), of(a, 3), of(b, 3)),
    "cat": lambda a, b: torch.cat([of(a, 3), of(b, 3)]),
    "stack": lambda a, b: torch.stack([of(a, 3), of(b, 3)]),
    "maskedFill": lambda a, b: of(a, 3).masked_fill(mask(), of(b)),
    "add_": lambda a, b: of(a, 3).add_(of(b, 3)),
    "copy_": lambda a, b: of(a, 3).copy_(of(b, 3)),
    "indexPut": lambda a, b: of(a, 3).index_put((first(),), of(b, 1)),
    "selectScatter": lambda a, b: torch.select_scatter(of(a, 2, 3), of(b, 3), 0, 0),
    "maximum": lambda a, b: torch.maximum(of(a, 3), of(b, 3)),
    "pow": lambda a, b: torch.pow(of(a, 3), of(b, 3)),
    "clamp": lambda a, b: torch.clamp(of(a, 3), min=of(b, 3)),
    "div": lambda a, b: of(a, 3) / of(b, 3),
    "floorDiv": lambda a, b: torch.div(of(a, 3) + 1, of(b, 3) + 1, rounding_mode="floor"),
    "normal": lambda a, b: torch.normal(of(a, 3), of(b, 3)),
}


def asked(call, function, a, b):
    row = {"call": call, "of": a, "and": b}
    try:
        return {**row, "gives": DTYPES[function(NAMES[a], NAMES[b]).dtype]}
    except RuntimeError as error:
        return {**row, "message": str(error).splitlines()[0]}


def golden():
    return {"rows": [asked(call, function, a, b) for call, function in CALLS.items() for a in FIRST for b in SECOND]}
