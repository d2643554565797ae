"""Activations, dropout of channels and embeddings: Kindling's code, PyTorch's module, input."""

import torch
from torch import nn

from inputs import floats, given, ints

WIDE = given([[-100.0, -20.5, -3.0, -0.5, 0.0, 0.25], [1.0, 2.5, 9.9, 10.1, 21.0, 100.0]])
WORDS = given([[2, 0, 2], [1, 4, 2]], torch.int64)


def pretrained(**options):
    rows = torch.tensor([[1.0, -2.0], [0.5, 3.0], [4.0, -1.5]])
    return nn.Embedding.from_pretrained(rows, **options)


ROWS = "tensor([[1, -2], [0.5, 3], [4, -1.5]])"

LAYERS = (
    ("new GELU()", nn.GELU, WIDE),
    ('new GELU("tanh")', lambda: nn.GELU("tanh"), WIDE),
    ("new SiLU()", nn.SiLU, WIDE),
    ("new SiLU({ inplace: true })", lambda: nn.SiLU(inplace=True), WIDE),
    ("new LeakyReLU()", nn.LeakyReLU, WIDE),
    ("new LeakyReLU(0.2)", lambda: nn.LeakyReLU(0.2), WIDE),
    (
        "new LeakyReLU({ negativeSlope: 0.3, inplace: true })",
        lambda: nn.LeakyReLU(negative_slope=0.3, inplace=True),
        WIDE,
    ),
    ("new ELU()", nn.ELU, WIDE),
    ("new ELU(0.5)", lambda: nn.ELU(0.5), WIDE),
    ("new ELU({ alpha: 2.5, inplace: true })", lambda: nn.ELU(alpha=2.5, inplace=True), WIDE),
    ("new Softplus()", nn.Softplus, WIDE),
    ("new Softplus({ beta: 2, threshold: 5 })", lambda: nn.Softplus(beta=2.0, threshold=5.0), WIDE),
    ("new Softsign()", nn.Softsign, WIDE),
    ("new Softsign()", nn.Softsign, floats(2, 0)),
    ("new Dropout2d()", nn.Dropout2d, floats(3, 5, 2, 2)),
    ("new Dropout2d(0.2)", lambda: nn.Dropout2d(0.2), floats(4, 7, 1, 3)),
    ("new Dropout2d({ p: 0.3, inplace: true })", lambda: nn.Dropout2d(0.3, inplace=True), floats(2, 9, 2, 2)),
    ("new Dropout2d(0.4)", lambda: nn.Dropout2d(0.4), floats(3, 4, 2)),
    ("new Dropout2d(0.4)", lambda: nn.Dropout2d(0.4), floats(5, 4)),
    ("new Dropout2d(1)", lambda: nn.Dropout2d(1), floats(2, 3, 2, 2)),
    ("new Dropout2d(0.2).eval()", lambda: nn.Dropout2d(0.2).eval(), floats(2, 3, 2, 2)),
    ("new Embedding(5, 3)", lambda: nn.Embedding(5, 3), WORDS),
    ("new Embedding(5, 6)", lambda: nn.Embedding(5, 6), ints(2, low=0, high=4)),
    ("new Embedding(5, 3)", lambda: nn.Embedding(5, 3), given(3, torch.int64)),
    ("new Embedding(5, 3, { paddingIdx: 2 })", lambda: nn.Embedding(5, 3, padding_idx=2), WORDS),
    ("new Embedding(5, 4, { paddingIdx: -1 })", lambda: nn.Embedding(5, 4, padding_idx=-1), WORDS),
    ("new Embedding(5, 3, { scaleGradByFreq: true })", lambda: nn.Embedding(5, 3, scale_grad_by_freq=True), WORDS),
    (
        "new Embedding(5, 3, { paddingIdx: 0, scaleGradByFreq: true })",
        lambda: nn.Embedding(5, 3, padding_idx=0, scale_grad_by_freq=True),
        WORDS,
    ),
    ("new Embedding(5, 3, { maxNorm: 1 })", lambda: nn.Embedding(5, 3, max_norm=1.0), WORDS),
    (
        "new Embedding(5, 3, { maxNorm: 0.5, normType: 1 })",
        lambda: nn.Embedding(5, 3, max_norm=0.5, norm_type=1.0),
        WORDS,
    ),
    (
        f"Embedding.fromPretrained({ROWS}, {{ freeze: false }})",
        lambda: pretrained(freeze=False),
        given([2, 2, 0], torch.int64),
    ),
    (
        f"Embedding.fromPretrained({ROWS}, {{ freeze: false, paddingIdx: -1 }})",
        lambda: pretrained(freeze=False, padding_idx=-1),
        given([2, 2, 0], torch.int64),
    ),
)

MISTAKES = (
    ('new GELU("fast")', lambda: nn.GELU("fast"), floats(2)),
    ("new Dropout2d(1.5)", lambda: nn.Dropout2d(1.5), floats(2)),
    ("new Dropout2d()", nn.Dropout2d, floats(2)),
    ("new Embedding(3, 2)", lambda: nn.Embedding(3, 2), given([0, 3], torch.int64)),
    ("new Embedding(3, 2)", lambda: nn.Embedding(3, 2), given([-1], torch.int64)),
    ("new Embedding(3, 2)", lambda: nn.Embedding(3, 2), floats(2)),
    ("new Embedding(3, 2)", lambda: nn.Embedding(3, 2), given([True], torch.bool)),
    ("new Embedding(3, 2, { paddingIdx: 3 })", lambda: nn.Embedding(3, 2, padding_idx=3), given([0], torch.int64)),
    ("new Embedding(3, 2, { paddingIdx: -4 })", lambda: nn.Embedding(3, 2, padding_idx=-4), given([0], torch.int64)),
    (
        "Embedding.fromPretrained(tensor([1, 2]))",
        lambda: nn.Embedding.from_pretrained(torch.tensor([1.0, 2.0])),
        given([0], torch.int64),
    ),
)

# Not run: only printed.
PRINTED = (
    ("new Embedding(5, 3, { maxNorm: 1.5, normType: 1.5 })", lambda: nn.Embedding(5, 3, max_norm=1.5, norm_type=1.5)),
    (f"Embedding.fromPretrained({ROWS})", pretrained),
)
