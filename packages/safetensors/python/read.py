"""Prints what the real safetensors finds in the files named: dtype, shape and values of every tensor, and the metadata."""

import json
import sys

from safetensors import safe_open


def value(x):
    return x if isinstance(x, (bool, int)) else repr(x)


report = []
for path in sys.argv[1:]:
    with safe_open(path, framework="np") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}
        report.append(
            {
                "metadata": file.metadata(),
                "tensors": {
                    name: [str(array.dtype), list(array.shape), [value(x) for x in array.reshape(-1).tolist()]]
                    for name, array in tensors.items()
                },
            }
        )
json.dump(report, sys.stdout)
