"""Writes the golden files: all, or those named; --exact also where only rounding differs. See README.md."""

import importlib
import os
import sys
import warnings
from pathlib import Path

import torch

from encode import dump
from keep import keep_unchanged

REPOSITORY = Path(__file__).resolve().parents[2]

FILES = {
    "doctor": "packages/backends/src/doctor/reference.golden.json",
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
    "mnist_trajectory": "packages/recipes/src/mnist-trajectory.golden.json",
    "mnist_anchor": "packages/recipes/src/mnist-anchor.golden.json",
    "trajectories": "packages/recipes/src/testing/trajectories.golden.json",
}
NEEDS_DATA = {"mnist_anchor", "trajectories"}


def main(arguments):
    exact = "--exact" in arguments
    names = [argument for argument in arguments if argument != "--exact"]
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    for name in names or FILES:
        if name in NEEDS_DATA and "MNIST_ROOT" not in os.environ:
            print(f"{FILES[name]} left as it is: MNIST_ROOT is not set")
            continue
        subject = importlib.import_module(f"subjects.{name}")
        path = REPOSITORY / FILES[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        text = dump(subject.golden())
        if not exact and path.exists():
            text = keep_unchanged(path.read_text(encoding="utf-8"), text)
        path.write_text(text, encoding="utf-8")
        print(f"{FILES[name]} {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
