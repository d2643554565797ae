"""The public names of PyTorch, in Kindling's spelling: what a function or method here may be called."""

import torch

import keep

HAS_NUMBERS = False


def golden():
    return {
        "torch": names(torch),
        "Tensor": names(torch.Tensor),
        "functional": names(torch.nn.functional),
    }


def names(holder):
    callables = (name for name in dir(holder) if not name.startswith("_") and callable(getattr(holder, name, None)))
    return sorted(keep.camel_case(name) for name in callables if name[0].islower())
