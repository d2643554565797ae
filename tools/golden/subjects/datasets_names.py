"""The public names of torchvision's data sets: what the index of the datasets package may hold."""

from torchvision import datasets

from public_names import classes_of

HAS_NUMBERS = False
PACKAGES = ("torch", "torchvision")


def golden():
    return {"datasets": classes_of(datasets)}
