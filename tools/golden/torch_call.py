"""Runs a case of `ops_*.py` in PyTorch."""

import torch
import torch.nn.functional as F

from kindling_names import keyword_arguments, python_index, snake_case

FUNCTIONS = {
    **{
        name: getattr(F, snake_case(name))
        for name in ("conv1d", "conv2d", "convTranspose2d", "maxPool2d", "avgPool2d", "adaptiveAvgPool2d")
    },
    "embedding": F.embedding,
    "embeddingRenorm_": lambda weight, index, max_norm, norm_type: torch.embedding_renorm_(
        weight, index, max_norm, norm_type
    ),
    "float": lambda x: x.float(),
    "indexPut": lambda x, indices, value, accumulate=False: index_put(x, indices, value, accumulate),
    "index": lambda x, *indices: x[tuple(python_index(index) for index in indices)],
    "linear": F.linear,
    "oneHot": F.one_hot,
    "pad": F.pad,
    "to": lambda x, dtype: x.to(keyword_arguments({"dtype": dtype})["dtype"]),
    "where": lambda condition, x, other: torch.where(condition, x, other),
}


def index_put(x, indices, value, accumulate):
    out, indices = x.clone(), tuple(python_index(index) for index in indices)
    if accumulate:
        return out.index_put_(indices, value, accumulate=True)
    out[indices] = value
    return out


def call(op, inputs, args, as_list):
    """The results of `op(...inputs, ...args)` as a list; `{"input": k}` among the args stands for inputs[k] there, and {"number": "inf"} for that number."""
    places = [arg["input"] for arg in args if isinstance(arg, dict) and "input" in arg]
    args = [inputs[arg["input"]] if isinstance(arg, dict) and "input" in arg else arg for arg in args]
    args = [float(arg["number"]) if isinstance(arg, dict) and "number" in arg else arg for arg in args]
    options = keyword_arguments(args.pop()) if args and isinstance(args[-1], dict) else {}
    first = [x for k, x in enumerate(inputs) if k not in places]
    result = function_of(op, first)(*([first] if as_list else first), *args, **options)
    return list(result) if isinstance(result, (tuple, list)) else [result]


def function_of(op, inputs):
    if op in FUNCTIONS:
        return FUNCTIONS[op]
    name = snake_case(op)
    return getattr(torch.Tensor, name) if inputs and hasattr(torch.Tensor, name) else getattr(torch, name)
