"""The public names of torch.utils.data, in Kindling's spelling: what the index of the data package may hold."""

from torch.utils import data

from public_names import classes_of, functions_of

HAS_NUMBERS = False


def golden():
    return {"data": [*classes_of(data), *functions_of(data)]}
