"""Tensors and numbers as the golden files hold them."""

import json
import math

import numpy as np
import torch

import kindling_names

DTYPES = {dtype: name for name, dtype in kindling_names.DTYPES.items()}


def encode_number(value, dtype=np.float32):
    """A JSON value; a float becomes the shortest decimal that reads back as itself in its dtype."""
    if isinstance(value, (bool, int)):
        return value
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    short = float(str(dtype(value)))
    if short == 0 and math.copysign(1, short) < 0:
        # A word: bundlers that read JSON and write it again lose the sign.
        return "-0"
    return int(short) if short.is_integer() and abs(short) < 1e6 else short


def encode_tensor(tensor):
    tensor = tensor.detach()
    dtype = np.float64 if tensor.dtype == torch.float64 else np.float32
    data = [encode_number(value, dtype) for value in tensor.flatten().tolist()]
    return {"shape": list(tensor.shape), "dtype": DTYPES[tensor.dtype], "data": data}


def encode_data(tensor):
    """Only the numbers, nested as the tensor is."""
    if tensor.ndim == 0:
        return encode_number(tensor.item(), np.float64 if tensor.dtype == torch.float64 else np.float32)
    return [encode_data(row) for row in tensor.detach()]


def message_of(function):
    """The type and message of the error that `function` raises."""
    try:
        function()
    except Exception as error:
        message = (
            error.args[0] if isinstance(error, KeyError) else str(error)
        )  # str() of a KeyError has quotes around it
        return {"type": type(error).__name__, "message": message}
    raise AssertionError("an error was expected")


def dump(content):
    """JSON with one entry of each top-level list or object a line, so that a diff shows which case has changed."""

    def compact(value):
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))

    def block(value, indent):
        pad = " " * indent
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "[\n" + ",\n".join(pad + "  " + compact(item) for item in value) + "\n" + pad + "]"
        if isinstance(value, dict) and indent < 4:
            rows = [f"{pad}  {json.dumps(key)}: {block(item, indent + 2)}" for key, item in value.items()]
            return "{\n" + ",\n".join(rows) + "\n" + pad + "}"
        return compact(value)

    return block(content, 0) + "\n"
