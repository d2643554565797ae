"""The public names of torch.optim, in Kindling's spelling: what the index of the optim package may hold."""

from torch import optim

from public_names import classes_of

HAS_NUMBERS = False


def golden():
    return {"optim": classes_of(optim), "lrScheduler": classes_of(optim.lr_scheduler)}
