"""Layers: what they are initialised with, outputs, gradients, mistakes. A layer is told as the code that makes it in Kindling."""

import hashlib
from functools import partial

import torch
from torch import nn

from encode import encode_data, encode_tensor, message_of
from inputs import floats, ints, source_for
from subjects import layers_activation, layers_image, layers_normalization

X = floats(3, 4)
KINDS = (layers_activation, layers_normalization, layers_image)

# Kindling's code, PyTorch's module, input.
LAYERS = (
    ("new Linear(4, 2)", lambda: nn.Linear(4, 2), X),
    ("new Linear(4, 2)", lambda: nn.Linear(4, 2), floats(4)),
    ("new Linear(4, 3)", lambda: nn.Linear(4, 3), floats(2, 3, 4)),
    ("new Linear(4, 3)", lambda: nn.Linear(4, 3), floats(0, 4)),
    ("new Linear(4, 2, { bias: false })", lambda: nn.Linear(4, 2, bias=False), X),
    ("new Linear(1, 1)", lambda: nn.Linear(1, 1), floats(5, 1)),
    ("new Flatten()", nn.Flatten, floats(2, 3, 2)),
    ("new Flatten(0)", lambda: nn.Flatten(0), floats(2, 3)),
    ("new Flatten(0, 1)", lambda: nn.Flatten(0, 1), floats(2, 3, 2)),
    ("new Identity()", nn.Identity, X),
    ("new ReLU()", nn.ReLU, X),
    ("new ReLU({ inplace: true })", lambda: nn.ReLU(inplace=True), X),
    ("new Sigmoid()", nn.Sigmoid, X),
    ("new Tanh()", nn.Tanh, X),
    ("new Softmax(1)", lambda: nn.Softmax(1), X),
    ("new Softmax(-1)", lambda: nn.Softmax(-1), floats(2, 2, 3)),
    ("new Softmax(0)", lambda: nn.Softmax(0), X),
    ("new Softmax()", nn.Softmax, X),
    ("new Softmax()", nn.Softmax, floats(2, 2, 2)),
    ("new LogSoftmax(1)", lambda: nn.LogSoftmax(1), X),
    ("new LogSoftmax()", nn.LogSoftmax, floats(3)),
    ("new Dropout()", nn.Dropout, floats(5, 8)),
    ("new Dropout(0.2)", lambda: nn.Dropout(0.2), floats(5, 8)),
    ("new Dropout(0.9)", lambda: nn.Dropout(0.9), floats(17)),
    ("new Dropout(0)", lambda: nn.Dropout(0), X),
    ("new Dropout(1)", lambda: nn.Dropout(1), X),
    ("new Dropout(0.2).eval()", lambda: nn.Dropout(0.2).eval(), X),
    (
        "new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2))",
        lambda: nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2)),
        X,
    ),
    (
        "new Sequential(new Flatten(), new Linear(4, 3), new Sigmoid(), new Dropout(0.5), new Linear(3, 2), new LogSoftmax(1))",
        lambda: nn.Sequential(
            nn.Flatten(), nn.Linear(4, 3), nn.Sigmoid(), nn.Dropout(0.5), nn.Linear(3, 2), nn.LogSoftmax(1)
        ),
        floats(3, 2, 2),
    ),
)

MISTAKES = (
    ("new Linear(784, 10)", lambda: nn.Linear(784, 10), floats(4, 100)),
    ("new Linear(784, 128)", lambda: nn.Linear(784, 128), floats(32, 28, 28, low=-1e3, high=1e3)),
    ("new Linear(4, 2)", lambda: nn.Linear(4, 2), floats(3)),
    ("new Linear(4, 2)", lambda: nn.Linear(4, 2), floats()),
    ("new Linear(4, 2)", lambda: nn.Linear(4, 2), ints(3, 4)),
    ("new Linear(4, 2, { bias: false })", lambda: nn.Linear(4, 2, bias=False), floats(3, 5)),
    ("new Linear(4, 2, { bias: false })", lambda: nn.Linear(4, 2, bias=False), ints(3, 4)),
    ("new Linear(4, -2)", lambda: nn.Linear(4, -2), X),
    ("new Dropout(1.5)", lambda: nn.Dropout(1.5), X),
    ("new Dropout(-0.1)", lambda: nn.Dropout(-0.1), X),
    ("new Flatten()", nn.Flatten, floats(3)),
    ("new Flatten(2)", lambda: nn.Flatten(2), X),
    ("new Softmax(3)", lambda: nn.Softmax(3), X),
)

SEEDS = (0, 7, 123)


def case_row(seed, code, make, draw):
    """Seeded, then the layer is made, then it is run: dropout goes on drawing where the parameters have stopped."""
    source = source_for("layer", code, seed)
    given_input = draw(source)
    torch.manual_seed(seed)
    layer = make()
    state = {name: encode_tensor(value) for name, value in layer.state_dict().items()}
    x = given_input.clone().requires_grad_(given_input.is_floating_point())
    output = layer(x.clone())
    weight = floats(*output.shape)(source)
    (output * weight).sum().backward()
    return {
        "layer": code, "seed": seed, "stateDict": state, "input": encode_tensor(given_input), "output": encode_tensor(output),
        "weight": encode_tensor(weight), "inputGrad": None if x.grad is None else encode_tensor(x.grad),
        "grads": {name: encode_tensor(value.grad) for name, value in layer.named_parameters()}, "text": str(layer),
    }  # fmt: skip


def initial_row(seed, code, make):
    torch.manual_seed(seed)
    layer = make()
    row = {"layer": code, "seed": seed}
    for name, value in layer.named_parameters():
        digest = hashlib.sha256(value.detach().numpy().tobytes()).hexdigest()
        row[name] = {"first": encode_data(value.flatten()[:5]), "sha256": digest}
    return row


def mistake_row(code, make, draw):
    x = draw(source_for("layer mistake", code))
    told = encode_tensor(x) if x.numel() < 50 else {"shape": list(x.shape), "dtype": "float32", "data": "any"}
    return {"layer": code, "input": told} | message_of(lambda: make()(x))


def golden():
    sizes = ((784, 128), (128, 10), (784, 16), (128, 128), (7, 3))
    linear = [(f"new Linear({inputs}, {outputs})", partial(nn.Linear, inputs, outputs)) for inputs, outputs in sizes]
    layers = [*LAYERS, *(layer for kind in KINDS for layer in kind.LAYERS)]
    mistakes = [*MISTAKES, *(mistake for kind in KINDS for mistake in kind.MISTAKES)]
    return {
        "cases": [
            case_row(seed, *layer) for layer in layers for seed in (SEEDS if "Dropout" in layer[0] else SEEDS[:1])
        ],
        "initial": [
            initial_row(seed, *made) for made in [*linear, *layers_image.INITIAL] for seed in (0, 123, 2**40 + 5)
        ],
        "running": [layers_normalization.running_row(*layer) for layer in layers_normalization.RUNNING],
        "printed": [{"layer": code, "text": str(make())} for kind in KINDS for code, make in kind.PRINTED],
        "transposed": list(layers_image.transposed_rows()),
        "errors": [mistake_row(*mistake) for mistake in mistakes],
    }
