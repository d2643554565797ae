"""Writes the golden files: all, or those named. See README.md."""

import importlib
import sys
import warnings
from pathlib import Path

import torch

from encode import dump

REPOSITORY = Path(__file__).resolve().parents[2]

FILES = {
    "ops": "packages/core/src/testing/ops.golden.json",
    "generator": "packages/core/src/random/generator.golden.json",
    "tensor_format": "packages/core/src/format/format.golden.json",
    "losses": "packages/nn/src/losses/losses.golden.json",
    "layers": "packages/nn/src/layers/layers.golden.json",
    "init": "packages/nn/src/init/init.golden.json",
    "module": "packages/nn/src/module.golden.json",
    "summary": "packages/nn/src/summary.golden.json",
    "optim": "packages/optim/src/optim.golden.json",
    "transforms": "packages/transforms/src/transforms.golden.json",
    "data": "packages/data/src/data.golden.json",
}


def main(names):
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    for name in names or FILES:
        subject = importlib.import_module(f"subjects.{name}")
        path = REPOSITORY / FILES[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(subject.golden()), encoding="utf-8")
        print(f"{FILES[name]} {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
