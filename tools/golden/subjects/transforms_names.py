"""The public names of torchvision's transforms: what the index of the transforms package may hold."""

from torchvision import transforms

from public_names import classes_of

HAS_NUMBERS = False
PACKAGES = ("torch", "torchvision")


def golden():
    return {"transforms": classes_of(transforms)}
