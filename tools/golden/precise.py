"""
PyTorch's numbers, the same on every processor.

PyTorch picks its float32 kernels by the processor, and they differ in the last digits. While `Precise` is active, each operator on
float32 tensors, forward or backward, is computed in float64 and rounded once to float32. What is drawn from a seed comes from `drawn.py`.
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from drawn import DRAWN

# As far as a float32 kernel may be from the rounded float64. Beyond, it means to be: `nan_to_num` of inf is the largest float32.
RELATIVE, OF_LARGEST = 1e-4, 1e-5

# What float64 makes of a difference that is 0: more than rounding of float32 apart from what float32 makes of it.
NOISE = 1e-12


class Precise(TorchDispatchMode):
    def __torch_dispatch__(self, operator, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if operator in DRAWN:
            return DRAWN[operator](operator, *args, **kwargs)
        leaves = tree_leaves((args, kwargs))
        if any(is_float64(leaf) for leaf in leaves) or is_exact(operator):
            return operator(*args, **kwargs)
        written = written_tensors(operator, args, kwargs)
        doubles = {}  # one for each float32 tensor, so that what is written is found again
        precise = run_in_float64(operator, args, kwargs, doubles, written)
        result = operator(*args, **kwargs)
        if precise is None:
            return result
        scale = max((largest(x) for x in doubles.values()), default=0.0)
        if written:
            for tensor in written:
                if id(tensor) in doubles:
                    settle(tensor, doubles[id(tensor)], scale)
            return result
        for found, exact in zip(tree_leaves(result), tree_leaves(precise), strict=True):
            # oneDNN computes gradients, in float32 only, that nobody has asked for.
            if is_float32(found) and exact is not None:
                settle(found, exact, scale)
        return result


def is_float64(value):
    return value is torch.float64 or (isinstance(value, torch.Tensor) and value.dtype == torch.float64)


def is_float32(value):
    return isinstance(value, torch.Tensor) and value.dtype == torch.float32


def is_exact(operator):
    """Views, and what draws or only makes room: there is nothing to round."""
    views = any(out.alias_info is not None and not out.alias_info.is_write for out in operator._schema.returns)
    draws = torch.Tag.nondeterministic_seeded in operator.tags
    return (
        views or draws or "empty" in operator._schema.name or operator._schema.name in ("aten::resize_", "aten::set_")
    )


def written_tensors(operator, args, kwargs):
    found = []
    for index, argument in enumerate(operator._schema.arguments):
        if argument.alias_info is not None and argument.alias_info.is_write:
            value = args[index] if index < len(args) else kwargs.get(argument.name)
            found += [leaf for leaf in tree_leaves(value) if isinstance(leaf, torch.Tensor)]
    return found


def run_in_float64(operator, args, kwargs, doubles, written):
    """The result for float64 copies of the float32 tensors; None where the operator has no float64."""

    def widened(value):
        if is_float32(value):
            if id(value) not in doubles:
                doubles[id(value)] = value.to(torch.float64)
            return doubles[id(value)]
        if any(value is tensor for tensor in written):
            return value.clone()  # integers: written once, by the operator itself
        return torch.float64 if value is torch.float32 else value

    wide_args, wide_kwargs = tree_map(widened, (args, kwargs))
    # Quotients of integers, and numbers from nothing, have the default dtype.
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        return operator(*wide_args, **wide_kwargs)
    except (RuntimeError, NotImplementedError):
        return None
    finally:
        torch.set_default_dtype(before)


def settle(tensor, exact, scale):
    """Writes the rounded `exact` into the float32 `tensor`, except where float32 means another number."""
    if exact.dtype != torch.float64 or tensor.numel() == 0:
        return
    apart = (tensor.double() - exact).abs()
    margin = RELATIVE * exact.abs() + OF_LARGEST * max(scale, largest(exact))
    rounded = exact.float()
    same = (apart <= margin) | (rounded == tensor) | (rounded.isnan() & tensor.isnan())
    is_noise = (exact.abs() < NOISE) & (apart > 1e-3 * exact.abs())
    tensor.copy_(torch.where(same, rounded.masked_fill(is_noise, 0.0), tensor))


def largest(tensor):
    finite = tensor[tensor.isfinite()] if tensor.is_floating_point() else tensor[:0]
    return finite.abs().max().item() if finite.numel() else 0.0
