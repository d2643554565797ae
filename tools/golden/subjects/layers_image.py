"""Convolutions and pooling: Kindling's code, PyTorch's module, input."""

import torch
from torch import nn

from inputs import floats, ints

PICTURES = floats(2, 4, 7, 6)
SIGNALS = floats(2, 4, 9)


LAYERS = (
    ("new Conv1d(4, 3, 3)", lambda: nn.Conv1d(4, 3, 3), SIGNALS),
    (
        "new Conv1d(4, 6, 3, { stride: 2, padding: 1, groups: 2 })",
        lambda: nn.Conv1d(4, 6, 3, stride=2, padding=1, groups=2),
        SIGNALS,
    ),
    (
        'new Conv1d(4, 2, 4, { padding: "same", dilation: 2, bias: false })',
        lambda: nn.Conv1d(4, 2, 4, padding="same", dilation=2, bias=False),
        SIGNALS,
    ),
    (
        'new Conv1d(4, 2, 3, { padding: 2, paddingMode: "circular" })',
        lambda: nn.Conv1d(4, 2, 3, padding=2, padding_mode="circular"),
        SIGNALS,
    ),
    ("new Conv1d(4, 2, 3)", lambda: nn.Conv1d(4, 2, 3), floats(4, 5)),
    ("new Conv2d(1, 2, 3)", lambda: nn.Conv2d(1, 2, 3), floats(2, 1, 5, 4)),
    ("new Conv2d(4, 3, [2, 3])", lambda: nn.Conv2d(4, 3, (2, 3)), PICTURES),
    ("new Conv2d(4, 3, 3)", lambda: nn.Conv2d(4, 3, 3), floats(4, 4, 5)),
    (
        "new Conv2d(4, 3, 3, { stride: 2, padding: 1 })",
        lambda: nn.Conv2d(4, 3, 3, stride=2, padding=1),
        PICTURES,
    ),
    (
        "new Conv2d(4, 2, 2, { stride: [3, 2], padding: [0, 2], bias: false })",
        lambda: nn.Conv2d(4, 2, 2, stride=(3, 2), padding=(0, 2), bias=False),
        PICTURES,
    ),
    (
        "new Conv2d(4, 2, 3, { dilation: [1, 2], padding: 1 })",
        lambda: nn.Conv2d(4, 2, 3, dilation=(1, 2), padding=1),
        PICTURES,
    ),
    ("new Conv2d(4, 6, 3, { groups: 2 })", lambda: nn.Conv2d(4, 6, 3, groups=2), PICTURES),
    (
        "new Conv2d(4, 8, 3, { groups: 4, stride: 2, padding: 1 })",
        lambda: nn.Conv2d(4, 8, 3, groups=4, stride=2, padding=1),
        PICTURES,
    ),
    ('new Conv2d(4, 2, 3, { padding: "same" })', lambda: nn.Conv2d(4, 2, 3, padding="same"), PICTURES),
    (
        'new Conv2d(4, 2, [2, 4], { padding: "same", dilation: [2, 1] })',
        lambda: nn.Conv2d(4, 2, (2, 4), padding="same", dilation=(2, 1)),
        PICTURES,
    ),
    ('new Conv2d(4, 2, 3, { padding: "valid" })', lambda: nn.Conv2d(4, 2, 3, padding="valid"), PICTURES),
    (
        'new Conv2d(4, 2, 3, { padding: [1, 2], paddingMode: "reflect" })',
        lambda: nn.Conv2d(4, 2, 3, padding=(1, 2), padding_mode="reflect"),
        PICTURES,
    ),
    (
        'new Conv2d(4, 2, 2, { padding: "same", paddingMode: "replicate" })',
        lambda: nn.Conv2d(4, 2, 2, padding="same", padding_mode="replicate"),
        PICTURES,
    ),
    (
        'new Conv2d(4, 2, 3, { padding: 2, stride: 2, paddingMode: "circular" })',
        lambda: nn.Conv2d(4, 2, 3, padding=2, stride=2, padding_mode="circular"),
        PICTURES,
    ),
    (
        'new Conv2d(4, 2, 3, { padding: 1, paddingMode: "replicate" })',
        lambda: nn.Conv2d(4, 2, 3, padding=1, padding_mode="replicate"),
        floats(4, 3, 4),
    ),
    ("new Conv2d(4, 3, 3)", lambda: nn.Conv2d(4, 3, 3), floats(0, 4, 5, 5)),
    ("new ConvTranspose2d(4, 3, 3)", lambda: nn.ConvTranspose2d(4, 3, 3), floats(2, 4, 3, 2)),
    (
        "new ConvTranspose2d(4, 3, [3, 2], { stride: 2, padding: [1, 0], outputPadding: [1, 0] })",
        lambda: nn.ConvTranspose2d(4, 3, (3, 2), stride=2, padding=(1, 0), output_padding=(1, 0)),
        floats(2, 4, 3, 2),
    ),
    (
        "new ConvTranspose2d(4, 6, 2, { groups: 2, dilation: 2, bias: false })",
        lambda: nn.ConvTranspose2d(4, 6, 2, groups=2, dilation=2, bias=False),
        floats(1, 4, 3, 2),
    ),
    ("new ConvTranspose2d(4, 2, 3, { stride: 3 })", lambda: nn.ConvTranspose2d(4, 2, 3, stride=3), floats(4, 2, 3)),
    ("new MaxPool2d(2)", lambda: nn.MaxPool2d(2), PICTURES),
    ("new MaxPool2d(2)", lambda: nn.MaxPool2d(2), floats(3, 5, 4)),
    (
        "new MaxPool2d([3, 2], { stride: [2, 1], padding: [1, 0] })",
        lambda: nn.MaxPool2d((3, 2), stride=(2, 1), padding=(1, 0)),
        PICTURES,
    ),
    (
        "new MaxPool2d(2, { dilation: 2, ceilMode: true })",
        lambda: nn.MaxPool2d(2, dilation=2, ceil_mode=True),
        PICTURES,
    ),
    ("new AvgPool2d(2)", lambda: nn.AvgPool2d(2), PICTURES),
    (
        "new AvgPool2d([3, 2], { stride: 2, padding: 1, countIncludePad: false })",
        lambda: nn.AvgPool2d((3, 2), stride=2, padding=1, count_include_pad=False),
        PICTURES,
    ),
    (
        "new AvgPool2d(3, { ceilMode: true, divisorOverride: 5 })",
        lambda: nn.AvgPool2d(3, ceil_mode=True, divisor_override=5),
        floats(4, 8, 7),
    ),
    ("new AdaptiveAvgPool2d(1)", lambda: nn.AdaptiveAvgPool2d(1), PICTURES),
    ("new AdaptiveAvgPool2d([null, 4])", lambda: nn.AdaptiveAvgPool2d((None, 4)), PICTURES),
    ("new AdaptiveAvgPool2d([3, 2])", lambda: nn.AdaptiveAvgPool2d((3, 2)), floats(4, 7, 5)),
    (
        "new Sequential(new Conv2d(1, 3, 3), new BatchNorm2d(3), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(12, 2))",
        lambda: nn.Sequential(
            nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 2)
        ),
        floats(3, 1, 7, 6),
    ),
)

MISTAKES = (
    ("new Conv2d(1, 32, 3)", lambda: nn.Conv2d(1, 32, 3), floats(64, 3, 28, 28, low=-1e3, high=1e3)),
    ("new Conv2d(1, 2, 3)", lambda: nn.Conv2d(1, 2, 3), floats(4, 4)),
    ("new Conv2d(1, 2, 3)", lambda: nn.Conv2d(1, 2, 3), floats(1, 1, 1, 4, 4)),
    ("new Conv2d(1, 2, 5)", lambda: nn.Conv2d(1, 2, 5), floats(1, 1, 4, 4)),
    ("new Conv2d(1, 2, 3)", lambda: nn.Conv2d(1, 2, 3), ints(1, 1, 4, 4)),
    ("new Conv2d(3, 4, 3, { groups: 2 })", lambda: nn.Conv2d(3, 4, 3, groups=2), floats(2)),
    ("new Conv2d(4, 3, 3, { groups: 2 })", lambda: nn.Conv2d(4, 3, 3, groups=2), floats(2)),
    ("new Conv2d(4, 3, 3, { groups: 0 })", lambda: nn.Conv2d(4, 3, 3, groups=0), floats(2)),
    (
        'new Conv2d(4, 3, 3, { padding: "same", stride: 2 })',
        lambda: nn.Conv2d(4, 3, 3, padding="same", stride=2),
        floats(2),
    ),
    (
        'new Conv2d(1, 2, 3, { padding: 4, paddingMode: "reflect" })',
        lambda: nn.Conv2d(1, 2, 3, padding=4, padding_mode="reflect"),
        floats(1, 1, 4, 4),
    ),
    (
        'new Conv2d(1, 2, 3, { padding: 5, paddingMode: "circular" })',
        lambda: nn.Conv2d(1, 2, 3, padding=5, padding_mode="circular"),
        floats(1, 1, 4, 4),
    ),
    (
        'new Conv2d(1, 2, 3, { padding: 1, paddingMode: "replicate" })',
        lambda: nn.Conv2d(1, 2, 3, padding=1, padding_mode="replicate"),
        floats(4, 4),
    ),
    ("new Conv1d(3, 2, 3)", lambda: nn.Conv1d(3, 2, 3), floats(2, 4, 5)),
    ("new Conv1d(3, 2, 3)", lambda: nn.Conv1d(3, 2, 3), floats(2, 3, 5, 2)),
    (
        'new ConvTranspose2d(4, 4, 3, { paddingMode: "reflect" })',
        lambda: nn.ConvTranspose2d(4, 4, 3, padding_mode="reflect"),
        floats(2),
    ),
    ("new ConvTranspose2d(2, 3, 3)", lambda: nn.ConvTranspose2d(2, 3, 3), floats(1, 3, 4, 4)),
    (
        "new ConvTranspose2d(2, 3, 3, { outputPadding: 1 })",
        lambda: nn.ConvTranspose2d(2, 3, 3, output_padding=1),
        floats(1, 2, 4, 4),
    ),
    ("new MaxPool2d(2, { padding: 2 })", lambda: nn.MaxPool2d(2, padding=2), floats(1, 1, 4, 4)),
    ("new MaxPool2d(2)", lambda: nn.MaxPool2d(2), floats(4, 4)),
    ("new AvgPool2d(9)", lambda: nn.AvgPool2d(9), floats(1, 1, 4, 4)),
    ("new AdaptiveAvgPool2d(2)", lambda: nn.AdaptiveAvgPool2d(2), floats(4, 4)),
)

PRINTED = (
    ("new Conv2d(16, 33, [3, 5], { stride: [2, 1], padding: [4, 2], dilation: [3, 1] })",
     lambda: nn.Conv2d(16, 33, (3, 5), stride=(2, 1), padding=(4, 2), dilation=(3, 1))),
    ('new Conv1d(4, 2, 3, { groups: 2, bias: false, paddingMode: "circular" })',
     lambda: nn.Conv1d(4, 2, 3, groups=2, bias=False, padding_mode="circular")),
    ("new AvgPool2d(2, { stride: 1, padding: 1 })", lambda: nn.AvgPool2d(2, stride=1, padding=1)),
    ("new AdaptiveAvgPool2d(null)", lambda: nn.AdaptiveAvgPool2d(None)),
)  # fmt: skip

INITIAL = (
    ("new Conv2d(1, 32, 3)", lambda: nn.Conv2d(1, 32, 3)),
    ("new Conv2d(32, 64, 3)", lambda: nn.Conv2d(32, 64, 3)),
    ("new Conv2d(6, 4, [1, 5], { groups: 2 })", lambda: nn.Conv2d(6, 4, (1, 5), groups=2)),
    ("new Conv1d(3, 5, 4)", lambda: nn.Conv1d(3, 5, 4)),
    ("new ConvTranspose2d(6, 4, 3, { groups: 2 })", lambda: nn.ConvTranspose2d(6, 4, 3, groups=2)),
)

# Sizes asked of a transposed convolution, and what comes of them.
TRANSPOSED = ((4, 4), [8, 8]), ((4, 4), [1, 3, 8, 7]), ((4, 4), [9, 8]), ((4, 4), [9]), ((2, 3), [3, 6])  # fmt: skip


def transposed_rows():
    layer = nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1)
    for size, asked in TRANSPOSED:
        row = {"size": [1, 2, *size], "outputSize": asked}
        try:
            yield row | {"shape": list(layer(torch.zeros(1, 2, *size), output_size=asked).shape)}
        except ValueError as error:
            yield row | {"message": str(error)}
