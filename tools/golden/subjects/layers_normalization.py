"""BatchNorm and its kin: Kindling's code, PyTorch's module, input."""

from torch import nn

from encode import encode_tensor
from inputs import floats, source_for

LAYERS = (
    ("new BatchNorm1d(4)", lambda: nn.BatchNorm1d(4), floats(5, 4)),
    ("new BatchNorm1d(3)", lambda: nn.BatchNorm1d(3), floats(2, 3, 5)),
    ("new BatchNorm1d(3)", lambda: nn.BatchNorm1d(3), floats(1, 3, 5)),
    ("new BatchNorm1d(4, { affine: false })", lambda: nn.BatchNorm1d(4, affine=False), floats(5, 4)),
    ("new BatchNorm1d(4, { bias: false, eps: 0.1 })", lambda: nn.BatchNorm1d(4, bias=False, eps=0.1), floats(5, 4)),
    ("new BatchNorm1d(4).eval()", lambda: nn.BatchNorm1d(4).eval(), floats(1, 4)),
    (
        "new BatchNorm1d(4, { trackRunningStats: false }).eval()",
        lambda: nn.BatchNorm1d(4, track_running_stats=False).eval(),
        floats(5, 4),
    ),
    ("new BatchNorm2d(3)", lambda: nn.BatchNorm2d(3), floats(2, 3, 4, 5)),
    ("new BatchNorm2d(3, { momentum: 0.4 })", lambda: nn.BatchNorm2d(3, momentum=0.4), floats(1, 3, 2, 2)),
    ("new BatchNorm2d(2, { momentum: null })", lambda: nn.BatchNorm2d(2, momentum=None), floats(3, 2, 2, 2)),
    (
        "new BatchNorm2d(2, { trackRunningStats: false, affine: false })",
        lambda: nn.BatchNorm2d(2, track_running_stats=False, affine=False),
        floats(3, 2, 2, 2),
    ),
    ("new BatchNorm2d(3).eval()", lambda: nn.BatchNorm2d(3).eval(), floats(2, 3, 2, 2)),
    ("new LayerNorm(4)", lambda: nn.LayerNorm(4), floats(3, 4)),
    ("new LayerNorm([2, 3])", lambda: nn.LayerNorm([2, 3]), floats(4, 2, 3)),
    ("new LayerNorm([2, 3])", lambda: nn.LayerNorm([2, 3]), floats(2, 3)),
    ("new LayerNorm(4, { eps: 0.01 })", lambda: nn.LayerNorm(4, eps=0.01), floats(2, 3, 4)),
    (
        "new LayerNorm(4, { elementwiseAffine: false })",
        lambda: nn.LayerNorm(4, elementwise_affine=False),
        floats(2, 4),
    ),
    ("new LayerNorm(4, { bias: false })", lambda: nn.LayerNorm(4, bias=False), floats(2, 4)),
    ("new GroupNorm(2, 4)", lambda: nn.GroupNorm(2, 4), floats(3, 4)),
    ("new GroupNorm(2, 6)", lambda: nn.GroupNorm(2, 6), floats(2, 6, 2, 3)),
    ("new GroupNorm(1, 3)", lambda: nn.GroupNorm(1, 3), floats(2, 3, 5)),
    ("new GroupNorm(3, 3, { affine: false })", lambda: nn.GroupNorm(3, 3, affine=False), floats(1, 3, 5)),
    (
        "new GroupNorm(2, 4, { bias: false, eps: 0.1 })",
        lambda: nn.GroupNorm(2, 4, bias=False, eps=0.1),
        floats(1, 4, 3),
    ),
)

MISTAKES = (
    ("new BatchNorm1d(3)", lambda: nn.BatchNorm1d(3), floats(3)),
    ("new BatchNorm1d(3)", lambda: nn.BatchNorm1d(3), floats(2, 3, 1, 1)),
    ("new BatchNorm2d(3)", lambda: nn.BatchNorm2d(3), floats(2, 3)),
    ("new BatchNorm2d(3)", lambda: nn.BatchNorm2d(3), floats(2, 3, 2)),
    ("new BatchNorm1d(3)", lambda: nn.BatchNorm1d(3), floats(1, 3)),
    ("new BatchNorm1d(3)", lambda: nn.BatchNorm1d(3), floats(1, 3, 1)),
    ("new BatchNorm2d(3)", lambda: nn.BatchNorm2d(3), floats(1, 3, 1, 1)),
    ("new BatchNorm2d(3)", lambda: nn.BatchNorm2d(3), floats(2, 5, 2, 2)),
    ("new BatchNorm2d(3).eval()", lambda: nn.BatchNorm2d(3).eval(), floats(2, 5, 2, 2)),
    (
        "new BatchNorm1d(3, { trackRunningStats: false })",
        lambda: nn.BatchNorm1d(3, track_running_stats=False),
        floats(2, 4),
    ),
    ("new BatchNorm1d(3, { eps: 0 })", lambda: nn.BatchNorm1d(3, eps=0.0), floats(2, 3)),
    ("new BatchNorm1d(3, { eps: -1 }).eval()", lambda: nn.BatchNorm1d(3, eps=-1.0).eval(), floats(2, 3)),
    ("new LayerNorm(4)", lambda: nn.LayerNorm(4), floats(2, 3)),
    ("new LayerNorm([2, 3])", lambda: nn.LayerNorm([2, 3]), floats(3)),
    ("new LayerNorm([])", lambda: nn.LayerNorm([]), floats(3)),
    ("new GroupNorm(2, 5)", lambda: nn.GroupNorm(2, 5), floats(2, 5)),
    ("new GroupNorm(2, 4)", lambda: nn.GroupNorm(2, 4), floats(4)),
    ("new GroupNorm(2, 4)", lambda: nn.GroupNorm(2, 4), floats(2, 3, 2)),
    ("new GroupNorm(2, 4)", lambda: nn.GroupNorm(2, 4), floats(2, 6)),
    ("new GroupNorm(4, 4)", lambda: nn.GroupNorm(4, 4), floats(1, 4)),
)

PRINTED = (
    ("new BatchNorm2d(8, { eps: 0.001, momentum: 0.01 })", lambda: nn.BatchNorm2d(8, eps=0.001, momentum=0.01)),
    ("new LayerNorm([3, 4, 5])", lambda: nn.LayerNorm([3, 4, 5])),
)

# What is kept over three batches, and used then.
RUNNING = (
    ("new BatchNorm1d(3)", lambda: nn.BatchNorm1d(3), floats(4, 3)),
    ("new BatchNorm1d(3, { momentum: null })", lambda: nn.BatchNorm1d(3, momentum=None), floats(4, 3)),
    ("new BatchNorm2d(2, { momentum: 0.7 })", lambda: nn.BatchNorm2d(2, momentum=0.7), floats(2, 2, 3, 1)),
    ("new BatchNorm2d(2, { momentum: null, affine: false })", lambda: nn.BatchNorm2d(2, momentum=None, affine=False), floats(3, 2, 1, 2)),
    ("new BatchNorm2d(2, { momentum: 0 })", lambda: nn.BatchNorm2d(2, momentum=0), floats(3, 2, 1, 2)),
)  # fmt: skip


def running_row(code, make, draw):
    source = source_for("running", code)
    layer = make()
    batches = [draw(source) for _ in range(3)]
    states = []
    for batch in batches:
        layer(batch)
        states.append({name: encode_tensor(value) for name, value in layer.state_dict().items()})
    layer.eval()
    return {
        "layer": code, "batches": [encode_tensor(batch) for batch in batches], "states": states,
        "output": encode_tensor(layer(batches[0])),
    }  # fmt: skip
