"""What Python's safetensors reads, writes and refuses, as a golden file of packages/safetensors.

    pip install safetensors numpy ml_dtypes && python tools/golden/safetensors_format.py

`files`: whole files in base64 with the values they hold; `refused`: bytes that are no file, with the error they give.
"""

import base64
import json
import math
import pathlib
import struct

import ml_dtypes
import numpy as np
import safetensors
from safetensors.numpy import save

OUT = pathlib.Path(__file__).resolve().parents[2] / "packages" / "safetensors" / "src" / "reference.golden.json"


def value(x):
    """A JSON value; what JSON cannot hold is text."""
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    if isinstance(x, (int, np.integer)):
        return str(int(x)) if abs(int(x)) > 2**53 else int(x)
    x = float(x)
    if math.isnan(x):
        return "nan"
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    return "-0" if x == 0 and math.copysign(1, x) < 0 else x


def text(data):
    return base64.b64encode(data).decode()


def file(name, tensors, metadata=None):
    data = save(tensors, metadata)
    values = {
        key: {"shape": list(array.shape), "values": [value(x) for x in array.reshape(-1)]}
        for key, array in tensors.items()
    }
    return {"name": name, "base64": text(data), "metadata": metadata, "tensors": values}


def patterns(dtype, bits=8):
    unsigned = np.arange(256, dtype=np.uint8)
    if bits == 16:  # every sign and exponent, some mantissas
        unsigned = np.unique([s | m for s in range(0, 65536, 512) for m in (0, 1, 2, 127, 128, 255, 511)]).astype("<u2")
    return unsigned.view(dtype)


def files():
    yield file("no tensors", {})
    yield file("no tensors, metadata", {}, {"note": 'quotes " \\ and \n 한글 😀 \u2028 \x7f'})
    yield file(
        "integers",
        {
            "bool": np.array([[True, False], [False, True]]),
            "u8": np.array([0, 1, 255], np.uint8),
            "i8": np.array([-128, -1, 127], np.int8),
            "i16": np.array([-32768, -1, 32767], np.int16),
            "u16": np.array([0, 65535], np.uint16),
            "i32": np.array([-(2**31), -1, 2**31 - 1], np.int32),
            "u32": np.array([0, 2**31 - 1], np.uint32),
            "i64": np.array([[-(2**31)], [-1], [2**31 - 1]], np.int64),
            "u64": np.array([0, 2**31 - 1], np.uint64),
            "num_batches_tracked": np.array(938, np.int64),
        },
    )
    yield file(
        "floats",
        {
            "f32": np.array([0, -0.0, 1.5, math.nan, math.inf, -math.inf, 1e-45, 3.4e38], np.float32).reshape(2, 4),
            "f64": np.array([0.5, -2.0, math.nan, math.inf], np.float64),
            "f64 rounded": np.array([0.1, 1.5, 1e300, -1e-300], np.float64),
            "f16": patterns("float16", 16),
            "bf16": patterns(ml_dtypes.bfloat16, 16),
            "e4m3": patterns(ml_dtypes.float8_e4m3fn),
            "e5m2": patterns(ml_dtypes.float8_e5m2),
            "e4m3fnuz": patterns(ml_dtypes.float8_e4m3fnuz),
            "e5m2fnuz": patterns(ml_dtypes.float8_e5m2fnuz),
            "e8m0": patterns(ml_dtypes.float8_e8m0fnu),
        },
    )
    yield file(
        "names and order",
        {name: np.array([i], np.float32) for i, name in enumerate(["b", "a", "", "10", "9", "한글", "\uffff", "😀"])}
        | {
            "x": np.array([True]),
            "y": np.array(7, np.int64),
            "__proto__": np.zeros((2, 0), np.float32),
            "z": np.uint8([1]),
        },
    )


def raw(header, data=b"", length=None):
    header = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def tensor(shape, begin, end, dtype="F32", **more):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end], **more}


REFUSED = {
    "empty": b"",
    "seven bytes": b"\x02\0\0\0\0\0\0",
    "a header of 2^64 - 1 bytes": b"\xff" * 8 + b"{}",
    "a header of 2^63 bytes": struct.pack("<Q", 2**63) + b"{}",
    "a header of 100,000,001 bytes": struct.pack("<Q", 100_000_001) + b"{}",
    "a header of 100,000,000 bytes in a short file": struct.pack("<Q", 100_000_000) + b"{}",
    "a header one byte too long": raw("{}", length=5),
    "no header": struct.pack("<Q", 0),
    "invalid UTF-8": raw(b'{"\xff":1}'),
    "a UTF-16 surrogate in UTF-8": raw(b'{"\xed\xa0\x80":1}'),
    "not JSON": raw(b"hello"),
    "an open string": raw(b'{"a'),
    "an open object": raw(b'{"a":'),
    "a control character": raw(b'{"a\n":1}'),
    "a lone surrogate": raw(rb'{"\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}'),
    "an unknown escape": raw(rb'{"\q":1}'),
    "trailing characters": raw(b"{} {}"),
    "a trailing comma": raw(b'{"__metadata__":{},}'),
    "an array": raw([1]),
    "a number": raw(3),
    "null": raw(None),
    "a tensor that is a number": raw({"a": 1}),
    "a tensor that is null": raw({"a": None}),
    "no dtype": raw({"a": {"shape": [1], "data_offsets": [0, 4]}}, bytes(4)),
    "no shape": raw({"a": {"dtype": "F32", "data_offsets": [0, 4]}}, bytes(4)),
    "no offsets": raw({"a": {"dtype": "F32", "shape": [1]}}, bytes(4)),
    "a dtype twice": raw(b'{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', bytes(4)),
    "an unknown dtype": raw({"a": tensor([1], 0, 4, "F33")}, bytes(4)),
    "a dtype in lower case": raw({"a": tensor([1], 0, 4, "f32")}, bytes(4)),
    "a dtype that is a number": raw({"a": tensor([1], 0, 4, 32)}, bytes(4)),
    "a dtype called toString": raw({"a": tensor([1], 0, 4, "toString")}, bytes(4)),
    "a negative size": raw({"a": tensor([-1], 0, 4)}, bytes(4)),
    "a size with a fraction": raw({"a": tensor([1.5], 0, 4)}, bytes(4)),
    "a size written 1.0": raw({"a": tensor([1.0], 0, 4)}, bytes(4)),
    "a size written 1e0": raw(b'{"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}', bytes(4)),
    "a size written 01": raw(b'{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}', bytes(4)),
    "a size that is text": raw({"a": tensor(["1"], 0, 4)}, bytes(4)),
    "a size that is null": raw({"a": tensor([None], 0, 4)}, bytes(4)),
    "a shape that is a number": raw({"a": tensor(1, 0, 4)}, bytes(4)),
    "one offset": raw({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}, bytes(4)),
    "three offsets": raw({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4, 4]}}, bytes(4)),
    "a negative offset": raw({"a": tensor([1], -4, 0)}, bytes(4)),
    "metadata with a number": raw({"__metadata__": {"epoch": 3}}),
    "metadata that is text": raw({"__metadata__": "pt"}),
    "metadata twice": raw(b'{"__metadata__":{},"__metadata__":{}}'),
    "offsets the wrong way round": raw({"a": tensor([1], 4, 0)}, bytes(4)),
    "a hole at the start": raw({"a": tensor([1], 4, 8)}, bytes(8)),
    "a hole between": raw({"a": tensor([1], 0, 4), "b": tensor([1], 8, 12)}, bytes(12)),
    "an overlap": raw({"a": tensor([2], 0, 8), "b": tensor([2], 4, 12)}, bytes(12)),
    "bytes left over": raw({"a": tensor([1], 0, 4)}, bytes(5)),
    "bytes without a tensor": raw({}, bytes(1)),
    "cut off": raw({"a": tensor([4], 0, 16)}, bytes(15)),
    "a huge end": raw({"a": tensor([1], 0, 2**62)}, bytes(4)),
    "a huge tensor in a short file": raw({"a": tensor([2**40], 0, 2**42)}, bytes(4)),
    "sizes that overflow": raw({"a": tensor([2**32, 2**32], 0, 4)}, bytes(4)),
    "sizes that overflow before a zero": raw({"a": tensor([2**63, 2, 0], 0, 0)}),
    "bits that overflow": raw({"a": tensor([2**60], 0, 4)}, bytes(4)),
    "a size beyond 64 bits": raw(
        b'{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}', bytes(4)
    ),
    "half a byte": raw({"a": tensor([1], 0, 1, "F4")}, bytes(1)),
    "a shape too small for its bytes": raw({"a": tensor([1], 0, 8)}, bytes(8)),
    "a shape too large for its bytes": raw({"a": tensor([3], 0, 8)}, bytes(8)),
    "the wrong dtype for its bytes": raw({"a": tensor([2], 0, 8, "F64")}, bytes(8)),
    "nested without end": raw(b'{"a":' + b"[" * 10_000),
    "nested deeply in an unknown field": raw(
        b'{"a":{"x":' + b"[" * 500 + b"]" * 500 + b',"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', bytes(4)
    ),
}


def refused(name, data):
    try:
        safetensors.deserialize(data)
    except safetensors.SafetensorError as error:
        return {"name": name, "base64": text(data), "error": str(error).removeprefix("Error while deserializing: ")}
    raise AssertionError(f"Python reads it: {name}")


tables = {"files": list(files()), "refused": [refused(name, data) for name, data in REFUSED.items()]}
rows = ",\n".join(
    f"{json.dumps(key)}: [\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]"
    for key, cases in tables.items()
)
head = json.dumps({"by": "tools/golden/safetensors_format.py", "safetensors": safetensors.__version__})
OUT.write_text(f'{{"generated": {head},\n{rows}}}\n', encoding="utf-8")
