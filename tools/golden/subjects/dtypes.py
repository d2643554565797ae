"""How dtypes meet, and what elements of one become in another."""

import torch

from encode import DTYPES, encode_tensor

NAMES = {name: dtype for dtype, name in DTYPES.items()}
NUMBERS = {"bool": True, "int": 3, "float": 1.5}
FRACTIONS = [0.0, -0.0, 1.0, 0.5, -1.9, 100.7, 127.0, 0.1, 1e-8, -2.5]
INTEGERS = [0, 1, 2, 127, -1, -128, 255, 256, 300, 32767, 32768, -32769, 65535, 2**31 - 1, -(2**31), 2**31, 2**32 + 5]


def elements(dtype):
    """Of floats what every integer dtype holds: what others become is not defined in C++. Of integers what fits, which may wrap."""
    if dtype.is_floating_point:
        return torch.tensor(FRACTIONS, dtype=dtype)
    if dtype == torch.bool:
        return torch.tensor([False, True])
    info = torch.iinfo(dtype)
    return torch.tensor([value for value in INTEGERS if info.min <= value <= info.max], dtype=dtype)


def row(first, second, result):
    return {"of": first, "and": second, "give": DTYPES[result]}


def golden():
    return {
        "pairs": [row(a, b, torch.promote_types(NAMES[a], NAMES[b])) for a in NAMES for b in NAMES],
        "zeroDim": [
            row(a, b, torch.result_type(torch.ones(2, dtype=NAMES[a]), torch.ones((), dtype=NAMES[b])))
            for a in NAMES
            for b in NAMES
        ],
        "numbers": [
            row(a, b, torch.result_type(torch.ones(2, dtype=NAMES[a]), number))
            for a in NAMES
            for b, number in NUMBERS.items()
        ],
        "converted": [
            {"from": encode_tensor(elements(NAMES[a])), "to": encode_tensor(elements(NAMES[a]).to(NAMES[b]))}
            for a in NAMES
            for b in NAMES
            # Of a negative float in a byte C++ says nothing.
            if a != b and not (NAMES[a].is_floating_point and b == "uint8")
        ],
    }
