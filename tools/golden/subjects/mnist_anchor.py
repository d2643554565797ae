"""What the MNIST program prints on the real data. Needs the data: MNIST_ROOT names the folder that torchvision has filled."""

import os

from torchvision import datasets

from subjects.mnist_training import normalized, train

PACKAGES = ("torch", "torchvision")

SETTINGS = (
    ("mnist", {}, 3), ("mnist", {"seed": 0}, 2), ("mnist", {"seed": 1, "batchSize": 77}, 2),
    ("mnist", {"seed": 2**40 + 5, "batchSize": 1000}, 2), ("mnist", {"seed": 0, "hidden": 16}, 2),
    ("mnist", {"seed": 42, "layers": 2}, 2), ("mnist", {"seed": 1, "activation": "sigmoid"}, 2),
    ("mnist", {"init": "xavier"}, 2), ("fashion-mnist", {}, 2), ("fashion-mnist", {"seed": 1, "layers": 2, "batchSize": 128}, 2),
)  # fmt: skip
KINDS = {"mnist": datasets.MNIST, "fashion-mnist": datasets.FashionMNIST}


def tensors(kind, is_train):
    dataset = KINDS[kind](os.environ["MNIST_ROOT"], train=is_train)
    return normalized(dataset.data), dataset.targets


def run(kind, options, epochs):
    rows, _, _ = train(options, tensors(kind, True), tensors(kind, False), epochs)
    rounded = [{key: round(value, 6) for key, value in row.items()} for row in rows]
    return {"dataset": kind, "options": options, "epochs": rounded}


def golden():
    return {"runs": [run(*setting) for setting in SETTINGS]}
