"""PyTorch's own sample inputs (op_db, which its tests run on) of every op that Kindling has: a few of each, small, drawn from one seed."""

import itertools
import math
import random
from pathlib import Path

import numpy as np
import torch
from torch.testing._internal.common_methods_invocations import BinaryUfuncInfo, UnaryUfuncInfo, op_db

from encode import DTYPES, encode_tensor
from inputs import floats, source_for
from sample_forms import (
    CREATING,
    ELSEWHERE,
    FORMS,
    INERT,
    LISTS,
    OPEN_TIES,
    REFUSED,
    Refused,
    call_of,
    exported,
    kindling_name,
)
from subjects.ops import encode_grad

SEED = 1
DRAWN = 200  # samples that are looked at
KEPT = {torch.float32: 3, torch.float64: 1, torch.int64: 1, torch.bool: 1, torch.uint8: 1}
LARGEST = 64  # elements of all inputs, and of all outputs
ELEMENTWISE = 20
INDEX = Path(__file__).resolve().parents[3] / "packages/core/src/index.ts"


def golden():
    ours = exported(INDEX)
    samples, refused, left_out, unsampled = [], [], [], set()
    for op in op_db:
        form = FORMS.get(op.name)
        if form is None and kindling_name(op.name) in ours and isinstance(op, (UnaryUfuncInfo, BinaryUfuncInfo)):
            form = "" if isinstance(op, UnaryUfuncInfo) else "other"
        if form is None:
            unsampled.add(op.name)
            continue
        for dtype, count in KEPT.items():
            if op.supports_dtype(dtype, "cpu") and (dtype == torch.float32 or op.name not in OPEN_TIES):
                rows, reasons = sampled(op, form, dtype, count)
                reason = REFUSED.get((op.name, dtype))
                samples += [] if reason else rows
                refused += [row | {"reason": reason} for row in rows if reason]
                left_out += [{"op": kindling_name(op.name), "dtype": DTYPES[dtype], **reason} for reason in reasons]
    return {
        "samples": samples,
        "refused": refused,
        "leftOut": left_out,
        "elsewhere": [{"op": kindling_name(name), "reason": reason} for name, reason in ELSEWHERE.items()],
        "unsampled": [{"op": name} for name in sorted({kindling_name(name) for name in unsampled})],
    }


def reset():
    torch.manual_seed(SEED)
    random.seed(SEED)
    np.random.seed(SEED)


def sampled(op, form, dtype, count):
    """Rows of at most `count` samples, the first of each form, and why others are left out: the reason, and of how many samples."""
    reset()
    derives = dtype == torch.float32 and op.supports_autograd
    found, reasons = {}, {}
    for sample in itertools.islice(op.sample_inputs("cpu", dtype, requires_grad=derives), DRAWN):
        if isinstance(op, UnaryUfuncInfo) and sample.input.numel() > ELEMENTWISE:
            sample.input = sample.input.flatten()[:ELEMENTWISE]  # some have 20 x 20 only
        try:
            row = sample_row(op, form, sample, derives)
        except Refused as refused:
            reasons[str(refused)] = reasons.get(str(refused), 0) + 1
            continue
        found.setdefault(shape_of(row), row)
    rows = list(found.values())
    kept = [rows[round(k * (len(rows) - 1) / max(count - 1, 1))] for k in range(min(count, len(rows)))]
    return kept, [{"reason": reason, "samples": number} for reason, number in reasons.items()]


def shape_of(row):
    """What tells a form from another: shapes, and which arguments there are."""
    args = [sorted(arg) if isinstance(arg, dict) else type(arg).__name__ for arg in row["args"]]
    return repr(([(x["shape"], x["dtype"]) for x in row["inputs"]], args))


def sample_row(op, form, sample, derives):
    tensors, args = call_of(op.name, form, sample)
    leaves = [usable(x, derives) for x in tensors]
    check_numbers(leaves, args)
    row = {"op": kindling_name(op.name), "inputs": [encode_tensor(x) for x in leaves], "args": args}
    if op.name in LISTS:
        row["list"] = True
    found = run(op, sample, tensors, leaves)
    if isinstance(found, bool):
        return row | {"result": found}
    outputs = list(found) if isinstance(found, (tuple, list)) else [found]
    if not all(isinstance(x, torch.Tensor) and x.dtype in DTYPES for x in outputs):
        raise Refused("gives a dtype that there is not")
    if sum(x.numel() for x in outputs) > LARGEST:
        raise Refused("is large")
    row["outputs"] = [encode_output(x) for x in outputs]
    wanted = [x for x in leaves if x.requires_grad]
    if wanted and outputs[0].requires_grad and math.prod(outputs[0].shape) > 0:
        weight = floats(*outputs[0].shape)(source_for("sample", op.name))
        grads = iter(torch.autograd.grad((outputs[0] * weight).sum(), wanted, allow_unused=True))
        row["weight"] = encode_tensor(weight)
        row["grads"] = [encode_grad(next(grads)) if x.requires_grad else None for x in leaves]
    return row


def usable(x, derives):
    """The tensor on its own: row by row, and with a gradient if it may have one."""
    if x.layout != torch.strided or x.dtype not in DTYPES:
        raise Refused(f"there is no {x.dtype}")
    copy = x.detach().resolve_conj().resolve_neg().clone(memory_format=torch.contiguous_format)
    return copy.requires_grad_(derives and copy.is_floating_point())


def check_numbers(leaves, args):
    if sum(x.numel() for x in leaves) > LARGEST:
        raise Refused("is large")
    if any(x.dtype == torch.int64 and x.numel() and x.abs().max() >= 2**31 for x in leaves):
        raise Refused("has integers of more than 32 bits")
    whole = [arg for arg in args if isinstance(arg, float) and arg.is_integer()]
    if whole and not any(x.is_floating_point() for x in leaves):
        raise Refused("has 2.0, which is the integer 2 in JavaScript")
    if any(isinstance(arg, bool) for arg in args):
        raise Refused("takes a boolean for a number")


def encode_output(x):
    if x.dtype == torch.int64 and x.numel() and x.abs().max() >= 2**31:
        raise Refused("has integers of more than 32 bits")
    return encode_tensor(x)


def run(op, sample, tensors, leaves):
    """The op on `leaves`, each in the place of its tensor."""
    if op.name in CREATING:
        return op.op(sample.input, *sample.args, **sample.kwargs)
    places = {id(tensor): leaf for tensor, leaf in zip(tensors, leaves)}

    def placed(value):
        if isinstance(value, (tuple, list)) and type(value) in (tuple, list):
            return type(value)(placed(one) for one in value)
        return places.get(id(value), value) if isinstance(value, torch.Tensor) else value

    kwargs = {key: placed(value) for key, value in sample.kwargs.items() if key not in INERT}
    return op.op(placed(sample.input), *placed(tuple(sample.args)), **kwargs)
