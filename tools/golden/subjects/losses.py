"""Losses: values, gradients of input and target, mistakes."""

import torch
from torch import nn

from encode import encode_tensor, message_of
from inputs import floats, given, ints, source_for
from kindling_names import keyword_arguments

REDUCTIONS = ("mean", "sum", "none")
LOGITS = given([[1.0, 2.0, 3.0], [1.0, 0.0, 0.0]])
CLASS_WEIGHT = given([1.0, 2.0, 3.0])
LABELS = given([2, 0], torch.int64)


def unit(*shape):
    return floats(*shape, low=0.0, high=1.0)


def inside(*shape):
    """Probabilities at which the logarithm is not steep."""
    return floats(*shape, low=0.05, high=0.95)


def probabilities(rows, classes):
    return lambda source: torch.softmax(floats(rows, classes)(source), 1)


def cross_entropy_cases():
    for reduction in REDUCTIONS:
        for more in ({}, {"weight": CLASS_WEIGHT}, {"labelSmoothing": 0.1}, {"ignoreIndex": 0}):
            yield "CrossEntropyLoss", {"reduction": reduction, **more}, LOGITS, LABELS
        yield (
            "CrossEntropyLoss",
            {"reduction": reduction, "weight": CLASS_WEIGHT, "labelSmoothing": 0.1},
            LOGITS,
            LABELS,
        )
        everything = {"weight": CLASS_WEIGHT, "labelSmoothing": 0.3, "ignoreIndex": 1, "reduction": reduction}
        yield "CrossEntropyLoss", everything, floats(5, 3), given([0, 1, 2, 1, 0], torch.int64)
        yield "CrossEntropyLoss", {"reduction": reduction}, floats(4, 3), probabilities(4, 3)
        yield "CrossEntropyLoss", {"reduction": reduction, "weight": CLASS_WEIGHT}, floats(4, 3), probabilities(4, 3)
        smoothed = {"reduction": reduction, "weight": CLASS_WEIGHT, "labelSmoothing": 0.2}
        yield "CrossEntropyLoss", smoothed, floats(4, 3), probabilities(4, 3)
        yield "CrossEntropyLoss", {"reduction": reduction}, floats(2, 3, 4), ints(2, 4, low=0, high=2)
        yield (
            "CrossEntropyLoss",
            {"reduction": reduction, "weight": CLASS_WEIGHT},
            floats(2, 3, 2, 2),
            ints(2, 2, 2, low=0, high=2),
        )
        yield "CrossEntropyLoss", {"reduction": reduction}, floats(3), given(1, torch.int64)
        yield "CrossEntropyLoss", {"reduction": reduction, "labelSmoothing": 0.1}, floats(3), unit(3)
        yield "CrossEntropyLoss", {"reduction": reduction, "ignoreIndex": 1}, floats(2, 3), given([1, 1], torch.int64)
    yield "CrossEntropyLoss", {}, floats(8, 10), ints(8, low=0, high=9)
    yield "CrossEntropyLoss", {}, floats(3, 4), given([-100, 2, 3], torch.int64)
    yield "CrossEntropyLoss", {}, floats(3, 4), given([1, 2, 3], torch.uint8)
    yield "CrossEntropyLoss", {}, given([[1000.0, -1000.0], [88.0, 89.0]]), given([1, 1], torch.int64)
    yield "CrossEntropyLoss", {}, floats(0, 3), given([], torch.int64)
    yield "CrossEntropyLoss", {"reduction": "sum"}, floats(0, 3), given([], torch.int64)


def nll_cases():
    for reduction in REDUCTIONS:
        for more in ({}, {"weight": CLASS_WEIGHT}, {"ignoreIndex": 2}, {"weight": CLASS_WEIGHT, "ignoreIndex": 0}):
            yield "NLLLoss", {"reduction": reduction, **more}, floats(4, 3), given([2, 0, 1, 2], torch.int64)
        yield "NLLLoss", {"reduction": reduction}, floats(2, 3, 2), ints(2, 2, low=0, high=2)
        yield "NLLLoss", {"reduction": reduction}, floats(3), given(0, torch.int64)
    yield "NLLLoss", {"ignoreIndex": 1}, floats(2, 3), given([1, 1], torch.int64)


def pairwise_cases():
    for reduction in REDUCTIONS:
        for name in ("MSELoss", "L1Loss"):
            yield name, {"reduction": reduction}, floats(2, 3), floats(2, 3)
            yield name, {"reduction": reduction}, floats(), floats()
            yield name, {"reduction": reduction}, given([1.0, 2.0]), given([1.0, 3.0])
            yield name, {"reduction": reduction}, floats(2, 1), floats(2)
        yield "BCELoss", {"reduction": reduction}, inside(2, 3), inside(2, 3)
        yield "BCELoss", {"reduction": reduction, "weight": floats(2, 3, low=0, high=2)}, inside(2, 3), inside(2, 3)
        yield "BCELoss", {"reduction": reduction, "weight": floats(3, low=0, high=2)}, inside(2, 3), inside(2, 3)
        yield (
            "BCELoss",
            {"reduction": reduction},
            given([0.0, 1.0, 0.0, 1.0]),
            given([0.0, 1.0, 1.0, 0.0]),
        )  # clamped at 100
        for more in ({}, {"weight": floats(3, low=0, high=2)}, {"posWeight": floats(3, low=0.5, high=3)}):
            yield "BCEWithLogitsLoss", {"reduction": reduction, **more}, floats(2, 3), unit(2, 3)
        both = {"weight": floats(2, 1, low=0, high=2), "posWeight": floats(3, low=0.5, high=3)}
        yield "BCEWithLogitsLoss", {"reduction": reduction, **both}, floats(2, 3), unit(2, 3)
        yield "BCEWithLogitsLoss", {"reduction": reduction}, given([-200.0, 200.0, 0.0]), given([1.0, 1.0, 0.0])
    yield "MSELoss", {}, floats(0), floats(0)


def smooth_l1_cases():
    for reduction in REDUCTIONS:
        for more in ({}, {"beta": 0.5}, {"beta": 0}):
            yield "SmoothL1Loss", {"reduction": reduction, **more}, floats(2, 3, low=-5, high=5), floats(2, 3)
        yield "SmoothL1Loss", {"reduction": reduction}, floats(2, 1), floats(2)
        # Equal, at the limit, beyond, below.
        yield "SmoothL1Loss", {"reduction": reduction}, given([1.0, 2.0, 3.0, 4.0]), given([1.0, 3.0, 5.0, 3.5])
    yield "SmoothL1Loss", {}, floats(0), floats(0)


def mistakes():
    yield "CrossEntropyLoss", {}, floats(2, 3), ints(3, low=0, high=2)
    yield "CrossEntropyLoss", {}, floats(2, 3), floats(2)
    yield "CrossEntropyLoss", {}, floats(2, 3), floats(2, 1)
    yield "CrossEntropyLoss", {}, floats(2, 3), given([0, 3], torch.int64)
    yield "CrossEntropyLoss", {}, floats(2, 3), given([0, -1], torch.int64)
    yield "CrossEntropyLoss", {}, floats(2, 3), given([[0], [1]], torch.int64)
    yield "CrossEntropyLoss", {}, floats(2, 3), ints(2, 3, low=0, high=2)
    yield "CrossEntropyLoss", {}, floats(), given(0, torch.int64)
    yield "CrossEntropyLoss", {}, floats(2, 3, 4), ints(2, 5, low=0, high=2)
    yield "CrossEntropyLoss", {}, floats(2, 3), given([True, False], torch.bool)
    yield "CrossEntropyLoss", {}, ints(2, 3), LABELS
    yield "CrossEntropyLoss", {"weight": given([1.0, 2.0])}, floats(2, 3), LABELS
    yield "CrossEntropyLoss", {"weight": given([1.0, 2.0])}, floats(2, 3), unit(2, 3)
    yield "CrossEntropyLoss", {"labelSmoothing": 2}, floats(2, 3), LABELS
    yield "CrossEntropyLoss", {"ignoreIndex": 0}, floats(2, 3), unit(2, 3)
    yield "CrossEntropyLoss", {"reduction": "avg"}, floats(2, 3), LABELS
    yield "NLLLoss", {}, floats(2, 3), ints(3, low=0, high=2)
    yield "NLLLoss", {}, floats(2, 3), floats(2)
    yield "NLLLoss", {}, floats(2, 3), floats(2, 3)
    yield "NLLLoss", {}, floats(2, 3), given([0, 3], torch.int64)
    yield "NLLLoss", {"weight": given([1.0, 2.0])}, floats(2, 3), LABELS
    yield "MSELoss", {}, floats(2, 3), floats(2, 4)
    yield "MSELoss", {"reduction": "avg"}, floats(2), floats(2)
    yield "L1Loss", {}, floats(2, 3), floats(4)
    yield "BCELoss", {}, unit(1, 1), unit(1)
    yield "BCELoss", {}, given([1.5, 0.5]), unit(2)
    yield "BCELoss", {}, given([-0.5, 0.5]), unit(2)
    yield "BCELoss", {}, unit(2), given([2.0, 0.0])
    yield "BCELoss", {}, unit(2), ints(2, low=0, high=1)
    yield "BCEWithLogitsLoss", {}, floats(2, 1), unit(2)
    yield "BCEWithLogitsLoss", {"posWeight": given([1.0, 2.0])}, floats(2, 3), unit(2, 3)
    yield "SmoothL1Loss", {"beta": -1}, floats(2, 3), floats(2, 3)
    yield "SmoothL1Loss", {"reduction": "avg"}, floats(2), floats(2)
    yield "SmoothL1Loss", {}, floats(2, 3), floats(2, 4)


def prepare(ordinal, name, options, make_input, make_target):
    source = source_for("loss", name, ordinal)
    options = {key: value(source) if callable(value) else value for key, value in options.items()}
    return source, options, make_input(source), make_target(source)


def encode_options(options):
    return {key: encode_tensor(value) if torch.is_tensor(value) else value for key, value in options.items()}


def head(name, options, prediction, target):
    return {
        "loss": name,
        "options": encode_options(options),
        "input": encode_tensor(prediction),
        "target": encode_tensor(target),
    }


def case_row(ordinal, name, *case):
    source, options, prediction, target = prepare(ordinal, name, *case)
    row = head(name, options, prediction, target)
    leaves = [prediction.requires_grad_()] + ([target.requires_grad_()] if target.is_floating_point() else [])
    output = getattr(nn, name)(**keyword_arguments(options))(prediction, target)
    weight = floats(*output.shape)(source)
    grads = torch.autograd.grad((output * weight).sum(), leaves)
    row |= {"output": encode_tensor(output), "weight": encode_tensor(weight), "inputGrad": encode_tensor(grads[0])}
    return row | ({"targetGrad": encode_tensor(grads[1])} if len(grads) > 1 else {})


def mistake_row(ordinal, name, *case):
    _, options, prediction, target = prepare(ordinal, name, *case)
    error = message_of(lambda: getattr(nn, name)(**keyword_arguments(options))(prediction, target))
    return head(name, options, prediction, target) | error


def golden():
    cases = [*cross_entropy_cases(), *nll_cases(), *pairwise_cases(), *smooth_l1_cases()]
    return {
        "cases": [case_row(ordinal, *case) for ordinal, case in enumerate(cases)],
        "errors": [mistake_row(ordinal, *case) for ordinal, case in enumerate(mistakes())],
    }
