"""Kindling's names and arguments as PyTorch's."""

import re

import torch

DTYPES = {
    name: getattr(torch, name)
    for name in ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64")
}


def snake_case(name):
    return re.sub("([A-Z])", lambda match: "_" + match[1].lower(), name)


def keyword_arguments(options):
    """{"keepdim": true, "startDim": 1} as keyword arguments."""
    return {snake_case(key): DTYPES.get(value, value) if key == "dtype" else value for key, value in options.items()}


def python_index(index):
    """One argument of `tensor.index`: a number, "1:5:2", "...", None, a list or a tensor."""
    if index == "...":
        return Ellipsis
    if isinstance(index, str):
        return slice(*[int(part) if part else None for part in index.split(":")])
    if isinstance(index, list):
        return torch.tensor(index) if index else torch.tensor(index, dtype=torch.int64)
    return index
