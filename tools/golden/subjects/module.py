"""Printed modules, state dicts, names and orders, hooks of clipping."""

import torch
from torch import nn

from encode import encode_number, encode_tensor, message_of
from inputs import floats, source_for
from subjects.nets import Net, Net2


class Branches(nn.Module):
    """A parameter and buffers of its own, a list, a shared layer, nothing, a nested module."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(2))
        self.register_buffer("steps", torch.zeros(1))
        self.register_buffer("scratch", torch.zeros(1), persistent=False)
        self.first = nn.Linear(2, 3)
        self.layers = nn.ModuleList([nn.Linear(3, 3), nn.Linear(3, 3), nn.ReLU()])
        self.shared = self.first
        self.nothing = None
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(3, 1, bias=False))


PRINTED = (
    ("new Linear(784, 128)", lambda: nn.Linear(784, 128)),
    ("new Linear(3, 1, { bias: false })", lambda: nn.Linear(3, 1, bias=False)),
    ("new Flatten()", nn.Flatten),
    ("new Flatten(0, 1)", lambda: nn.Flatten(0, 1)),
    ("new Identity()", nn.Identity),
    ("new ReLU()", nn.ReLU),
    ("new ReLU({ inplace: true })", lambda: nn.ReLU(inplace=True)),
    ("new Sigmoid()", nn.Sigmoid),
    ("new Tanh()", nn.Tanh),
    ("new Softmax()", nn.Softmax),
    ("new Softmax(1)", lambda: nn.Softmax(1)),
    ("new LogSoftmax(-1)", lambda: nn.LogSoftmax(-1)),
    ("new Dropout()", nn.Dropout),
    ("new Dropout(0.25, { inplace: true })", lambda: nn.Dropout(0.25, inplace=True)),
    ("new CrossEntropyLoss()", nn.CrossEntropyLoss),
    ("new CrossEntropyLoss({ labelSmoothing: 0.1 })", lambda: nn.CrossEntropyLoss(label_smoothing=0.1)),
    ("new NLLLoss()", nn.NLLLoss),
    ("new MSELoss()", nn.MSELoss),
    ("new L1Loss()", nn.L1Loss),
    ("new BCELoss()", nn.BCELoss),
    ("new BCEWithLogitsLoss()", nn.BCEWithLogitsLoss),
    ("new Sequential()", nn.Sequential),
    ("new ModuleList()", nn.ModuleList),
    ("new Sequential(new Linear(2, 3), new Linear(2, 3))", lambda: nn.Sequential(nn.Linear(2, 3), nn.Linear(2, 3))),
    (
        "new Sequential(new Flatten(), new Linear(784, 128), new ReLU(), new Dropout(0.2), new Linear(128, 10))",
        lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 10)),
    ),
    (
        "new ModuleList([new Linear(2, 3), new Linear(2, 3), new Linear(2, 3), new ReLU(), new Linear(2, 3)])",
        lambda: nn.ModuleList([nn.Linear(2, 3), nn.Linear(2, 3), nn.Linear(2, 3), nn.ReLU(), nn.Linear(2, 3)]),
    ),
    (
        "new ModuleList([new Sequential(new ReLU(), new Tanh()), new Sequential(new ReLU(), new Tanh())])",
        lambda: nn.ModuleList([nn.Sequential(nn.ReLU(), nn.Tanh()), nn.Sequential(nn.ReLU(), nn.Tanh())]),
    ),
    ("new Net(784, 10, 128)", lambda: Net(784, 10, 128)),
    ("new Net2(784, 10, 128)", lambda: Net2(784, 10, 128)),
    ("new Branches()", Branches),
)


def small():
    return nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))


def state_errors():
    """What is loaded into Sequential(Linear(2, 3), ReLU(), Linear(3, 1)), told as names and shapes."""
    right = {"0.weight": [3, 2], "0.bias": [3], "2.weight": [1, 3], "2.bias": [1]}
    without = {name: shape for name, shape in right.items() if name not in ("0.bias", "2.weight")}
    for shapes in (
        without, right | {"9.w": [1]}, right | {"0.weight": [3, 3]}, without | {"9.w": [1], "a": [2], "0.weight": [3, 3]}, {},
        right | {"0.weight": [2, 3], "0.bias": [4]}, right | {"2.bias": []}, right | {"0.weight": [6]},
    ):  # fmt: skip
        for strict in (True, False):
            state = {name: torch.zeros(shape) for name, shape in shapes.items()}
            row = {"shapes": shapes, "strict": strict}
            try:
                keys = small().load_state_dict(state, strict=strict)
                yield row | {"missing": keys.missing_keys, "unexpected": keys.unexpected_keys, "text": str(keys)}
            except RuntimeError as error:
                yield row | {"type": "RuntimeError", "message": str(error)}
    yield {
        "shapes": right,
        "strict": True,
        "missing": [],
        "unexpected": [],
        "text": str(small().load_state_dict(small().state_dict())),
    }


def mistakes():
    class Unready(nn.Module):
        def __init__(self):
            self.layer = nn.Linear(1, 1)

    net = nn.Linear(2, 2)
    yield "a child before super()", Unready
    yield "no forward", lambda: nn.Module()(torch.ones(1))
    yield "a dot in a module's name", lambda: net.add_module("a.b", nn.ReLU())
    yield "an empty module name", lambda: net.add_module("", nn.ReLU())
    yield "a dot in a parameter's name", lambda: net.register_parameter("a.b", nn.Parameter(torch.ones(1)))
    yield "a name that exists", lambda: net.add_module("forward", nn.ReLU())
    yield "a number as a parameter", lambda: setattr(net, "weight", 3)
    yield "a tensor as a parameter", lambda: setattr(net, "weight", torch.ones(2, 2))
    yield "a number as a child", lambda: setattr(nn.Sequential(nn.ReLU()), "0", 3)
    yield "train('yes')", lambda: net.train("yes")
    yield "to(int64)", lambda: net.to(torch.int64)
    yield "loadStateDict([])", lambda: net.load_state_dict([])
    yield "getParameter('nope')", lambda: net.get_parameter("nope")
    yield "getSubmodule('nope')", lambda: net.get_submodule("nope")
    yield "Sequential(3)", lambda: nn.Sequential(3)
    yield "ModuleList([3])", lambda: nn.ModuleList([3])
    yield "Sequential()[5]", lambda: nn.Sequential(nn.ReLU())[5]
    yield "an attribute that isn't there", lambda: net.foo


def names(code, net):
    return {
        "net": code,
        "parameters": [[name, list(value.shape)] for name, value in net.named_parameters()],
        "buffers": [name for name, _ in net.named_buffers()],
        "stateDict": list(net.state_dict()),
        "modules": [name for name, _ in net.named_modules()],
        "children": [name for name, _ in net.named_children()],
    }


def clip_norm_row(ordinal, shapes, max_norm, norm_type, scale=1.0):
    source = source_for("clip", ordinal)
    parameters = [nn.Parameter(torch.zeros(shape)) for shape in shapes]
    for parameter in parameters:
        parameter.grad = floats(*parameter.shape)(source) * scale
    row = {"grads": [encode_tensor(p.grad) for p in parameters], "maxNorm": max_norm, "normType": norm_type}
    total = nn.utils.clip_grad_norm_(parameters, max_norm, norm_type if norm_type != "inf" else float("inf"))
    return row | {"total": encode_number(total.item()), "clipped": [encode_tensor(p.grad) for p in parameters]}


def clip_value_row(value):
    parameter = nn.Parameter(torch.zeros(5))
    parameter.grad = floats(5)(source_for("clip value", value))
    row = {"grad": encode_tensor(parameter.grad), "clipValue": value}
    nn.utils.clip_grad_value_([parameter], value)
    return row | {"clipped": encode_tensor(parameter.grad)}


def nonfinite():
    parameter = nn.Parameter(torch.zeros(2))
    parameter.grad = torch.tensor([1.0, float("nan")])
    return message_of(lambda: nn.utils.clip_grad_norm_([parameter], 1.0, error_if_nonfinite=True))


def golden():
    nets = {"new Branches()": Branches(), "new Net2(4, 3, 5)": Net2(4, 3, 5), "small": small()}
    clips = [
        ([[2, 3], [3]], 1.0, 2.0),
        ([[2, 3], [3]], 100.0, 2.0),
        ([[4]], 0.5, 1.0),
        ([[4], []], 0.5, "inf"),
        ([[3]], 1, 3.0),
    ]
    return {
        "printed": [{"module": code, "text": repr(make())} for code, make in PRINTED],
        "names": [names(code, net) for code, net in nets.items()],
        "loadStateDict": list(state_errors()),
        "errors": [{"call": call} | message_of(mistake) for call, mistake in mistakes()],
        "clipGradNorm": [clip_norm_row(ordinal, *clip) for ordinal, clip in enumerate(clips)],
        "clipGradNormNonfinite": [nonfinite()],
        "clipGradValue": [clip_value_row(value) for value in (0.5, 1, 10)],
    }
