"""Losses of scores, targets and weights of one dtype or of several: the dtype of the result, its value, or PyTorch's message."""

import torch
from torch.nn import functional as F

from encode import DTYPES, encode_data, encode_tensor

NAMES = {name: dtype for dtype, name in DTYPES.items()}
FLOATS = ["float32", "float64", "float16", "bfloat16"]

SCORES = torch.tensor([[1.0, 2.0, 3.0], [0.0, 1.0, -1.0]], dtype=torch.float64)
WEIGHT = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64)
LABELS = torch.tensor([0, 2])


def with_weight(function):
    return lambda x, y, weight: function(x, y, weight=weight)


def both_weights(x, y, weight):
    return F.binary_cross_entropy_with_logits(x, y, weight=weight, pos_weight=weight)


# Of those that take class probabilities or a number for each element.
ELEMENTWISE = {
    "crossEntropy": with_weight(F.cross_entropy),
    "binaryCrossEntropy": lambda x, y, weight: F.binary_cross_entropy(torch.sigmoid(x), y, weight=weight),
    "binaryCrossEntropyWithLogits": both_weights,
    "mseLoss": lambda x, y, weight: F.mse_loss(x, y),
    "l1Loss": lambda x, y, weight: F.l1_loss(x, y),
    "smoothL1Loss": lambda x, y, weight: F.smooth_l1_loss(x, y),
}
OF_LABELS = {"crossEntropy": with_weight(F.cross_entropy), "nllLoss": with_weight(F.nll_loss)}
WEIGHTED = {"crossEntropy", "binaryCrossEntropy", "binaryCrossEntropyWithLogits", "nllLoss"}


def asked(loss, function, score, target, labels, weight):
    row = {"loss": loss, "input": score, "target": target, "weight": weight}
    x = SCORES.to(NAMES[score])
    y = LABELS if labels else torch.softmax(SCORES, 1).to(NAMES[target])
    try:
        result = function(x, y, None if weight is None else WEIGHT.to(NAMES[weight]))
    except RuntimeError as error:
        return {**row, "message": str(error)}
    return {**row, "gives": DTYPES[result.dtype], "value": encode_data(result)}


def golden():
    given = {"scores": encode_tensor(SCORES), "weight": encode_tensor(WEIGHT), "labels": encode_tensor(LABELS)}
    elementwise = [
        asked(loss, function, score, target, False, None)
        for loss, function in ELEMENTWISE.items()
        for score in FLOATS
        for target in [*FLOATS, "int64"]
    ]
    weighted = [
        asked(loss, function, score, score, False, weight)
        for loss, function in ELEMENTWISE.items()
        if loss in WEIGHTED
        for score in FLOATS
        for weight in FLOATS
    ]
    of_labels = [
        asked(loss, function, score, "labels", True, weight)
        for loss, function in OF_LABELS.items()
        for score in FLOATS
        for weight in [None, *FLOATS]
    ]
    return {"given": given, "rows": elementwise + weighted + of_labels}
