"""The public names of torch.nn, in Kindling's spelling: what the index of the nn package may hold."""

from torch import nn

from public_names import classes_of, functions_of

HAS_NUMBERS = False


def golden():
    return {
        "nn": classes_of(nn),
        "functional": functions_of(nn.functional),
        "init": functions_of(nn.init),
        "utils": functions_of(nn.utils),
    }
