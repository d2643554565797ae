"""torch.nn.init with a seed."""

import torch
from torch import nn

from encode import encode_tensor, message_of
from kindling_names import snake_case

DRAWN = (
    ("uniform_", ({}, {"a": -2, "b": 3})),
    ("normal_", ({}, {"mean": 1, "std": 0.1})),
    ("truncNormal_", ({}, {"std": 0.02}, {"mean": 1, "std": 2, "a": 0, "b": 3}, {"mean": 5})),
    ("xavierUniform_", ({}, {"gain": 1.5})),
    ("xavierNormal_", ({}, {"gain": 1.5})),
    ("kaimingUniform_", ({}, {"nonlinearity": "relu"}, {"a": 2.236068, "mode": "fan_out"}, {"nonlinearity": "tanh"})),
    ("kaimingNormal_", ({}, {"nonlinearity": "relu"}, {"mode": "fan_out", "nonlinearity": "sigmoid"})),
    ("orthogonal_", ({}, {"gain": 2})),
)
SHAPES = ([3, 5], [5, 2], [4, 3, 2, 2])
FILLED = (
    ("constant_", [2, 2], {"val": 0.3}), ("ones_", [3], {}), ("zeros_", [2, 3], {}), ("eye_", [3, 2], {}), ("eye_", [2, 4], {}),
    ("dirac_", [2, 2, 3], {}), ("dirac_", [4, 2, 3, 3], {}), ("dirac_", [4, 2, 3], {"groups": 2}),
)  # fmt: skip
GAINS = (
    ("linear",), ("conv2d",), ("sigmoid",), ("tanh",), ("relu",), ("leaky_relu",), ("leaky_relu", 0.2), ("leaky_relu", 1),
    ("selu",),
)  # fmt: skip


def run(name, shape, seed, options):
    torch.manual_seed(seed)
    tensor = torch.empty(shape)
    getattr(nn.init, snake_case(name))(tensor, **options)
    return {"init": name, "shape": shape, "seed": seed, "options": options, "output": encode_tensor(tensor)}


def drawn():
    for name, all_options in DRAWN:
        for options in all_options:
            for seed, shape in zip((0, 7, 123), SHAPES):
                yield run(name, shape, seed, options)
    for seed, options in ((0, {"sparsity": 0.4}), (7, {"sparsity": 0.25, "std": 1})):
        yield run("sparse_", [5, 3], seed, options)
    for name in ("uniform_", "normal_"):
        yield run(name, [], 0, {})
        yield run(name, [40], 0, {})


def mistakes():
    x, vector = torch.empty(2, 3), torch.empty(3)
    yield "xavierUniform_ of [3]", lambda: nn.init.xavier_uniform_(vector)
    yield "kaimingNormal_ of [3]", lambda: nn.init.kaiming_normal_(vector)
    yield "kaimingUniform_ mode 'fan'", lambda: nn.init.kaiming_uniform_(x, mode="fan")
    yield "kaimingUniform_ nonlinearity 'gelu'", lambda: nn.init.kaiming_uniform_(x, nonlinearity="gelu")
    yield "calculateGain 'gelu'", lambda: nn.init.calculate_gain("gelu")
    yield "calculateGain 'leaky_relu', 'a'", lambda: nn.init.calculate_gain("leaky_relu", "a")
    yield "eye_ of [3]", lambda: nn.init.eye_(vector)
    yield "dirac_ of [2, 3]", lambda: nn.init.dirac_(x)
    yield "dirac_ of [3, 2, 2], groups 2", lambda: nn.init.dirac_(torch.empty(3, 2, 2), 2)
    yield "orthogonal_ of [3]", lambda: nn.init.orthogonal_(vector)
    yield "sparse_ of [3]", lambda: nn.init.sparse_(vector, 0.1)
    yield "uniform_ 1, 0", lambda: nn.init.uniform_(x, 1, 0)
    yield "normal_ 0, -1", lambda: nn.init.normal_(x, 0, -1)


def golden():
    filled = [{"init": name, "shape": shape, "seed": 0, "options": options} for name, shape, options in FILLED]
    gains = [{"arguments": args, "gain": nn.init.calculate_gain(*args)} for args in GAINS]
    return {
        "cases": [row | run(row["init"], row["shape"], 0, row["options"]) for row in filled] + list(drawn()),
        "gains": gains,
        "errors": [{"call": call} | message_of(mistake) for call, mistake in mistakes()],
    }
