"""Writes, with the real safetensors, a file of every dtype that numpy knows, and on standard output what is in it."""

import json
import sys

import ml_dtypes
import numpy as np
from safetensors.numpy import save_file

random = np.random.default_rng(7)
DTYPES = {
    "BOOL": np.bool_, "U8": np.uint8, "I8": np.int8, "I16": np.int16, "U16": np.uint16, "I32": np.int32, "U32": np.uint32,
    "I64": np.int64, "U64": np.uint64, "F16": np.float16, "BF16": ml_dtypes.bfloat16, "F32": np.float32, "F64": np.float64,
    "F8_E4M3": ml_dtypes.float8_e4m3fn, "F8_E5M2": ml_dtypes.float8_e5m2, "F8_E4M3FNUZ": ml_dtypes.float8_e4m3fnuz,
    "F8_E5M2FNUZ": ml_dtypes.float8_e5m2fnuz, "F8_E8M0": ml_dtypes.float8_e8m0fnu,
}  # fmt: skip
SHAPES = [(), (0,), (1,), (7,), (3, 5), (2, 0, 3), (2, 3, 4, 5)]

tensors = {}
for name, dtype in DTYPES.items():
    for shape in SHAPES:
        if name[0] in "IU":
            top = min(int(np.iinfo(dtype).max), 2**31 - 1)
            low = max(int(np.iinfo(dtype).min), -(2**31))
            array = random.integers(low, top, shape, endpoint=True).astype(dtype)
        elif name == "BOOL":
            array = random.integers(0, 2, shape).astype(dtype)
        else:
            array = np.asarray(random.normal(0, 100, shape)).astype(dtype)
        tensors[f"{name}.{'x'.join(map(str, shape))}"] = array

save_file(tensors, sys.argv[1], metadata={"format": "np", "이름": "값"})
json.dump(
    {name: [list(array.shape), [repr(float(x)) for x in array.reshape(-1)]] for name, array in tensors.items()},
    sys.stdout,
)
