"""Checks each ONNX file named, runs it on the inputs in the JSON file that follows it, and prints what comes out.

Input and output: {name: {"type": "float32", "shape": [2, 3], "data": [...]}}
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime

report = []
for path, inputs in zip(sys.argv[1::2], sys.argv[2::2]):
    onnx.checker.check_model(path, full_check=True)
    with open(inputs) as file:
        feeds = {
            name: np.asarray(value["data"], dtype=value["type"]).reshape(value["shape"])
            for name, value in json.load(file).items()
        }
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    model = onnx.load(path)
    report.append(
        {
            "inputs": {value.name: [str(size) for size in value.shape] for value in session.get_inputs()},
            "initializers": sorted(tensor.name for tensor in model.graph.initializer if not tensor.name.startswith("v")),
            "metadata": {entry.key: entry.value for entry in model.metadata_props},
            "outputs": {
                value.name: {"type": str(array.dtype), "shape": list(array.shape), "data": array.reshape(-1).tolist()}
                for value, array in zip(session.get_outputs(), session.run(None, feeds))
            },
        }
    )
json.dump(report, sys.stdout)
