"""Tables as torchinfo 1.8.0 prints them: `summary(net, inputSize, options)`."""

import torch
from torch import nn
from torchinfo import summary

from encode import message_of
from subjects.module import Branches
from subjects.nets import Net, Net2

PACKAGES = ("torch", "torchinfo")
HAS_NUMBERS = False  # a layer of 20,000 x 20,000 would be drawn twice


class Twice(nn.Module):
    """The same layer two times, and parameters of its own."""

    def __init__(self):
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(4))
        self.layer = nn.Linear(4, 4)
        self.body = nn.Sequential(nn.Linear(4, 4), nn.Sequential(nn.ReLU(), nn.Linear(4, 2)))

    def forward(self, x):
        return self.body(self.layer(self.layer(x + self.shift)))


def flat():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 10))


def images():
    return nn.Sequential(
        nn.Conv2d(1, 6, (3, 5), stride=2, padding=1),
        nn.BatchNorm2d(6),
        nn.LeakyReLU(0.1),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 4, 3, groups=2, bias=False),
        nn.GroupNorm(2, 4),
        nn.Dropout2d(0.2),
        nn.ConvTranspose2d(4, 2, 2, stride=2),
        nn.AdaptiveAvgPool2d(3),
        nn.Flatten(),
        nn.LayerNorm(18),
        nn.Linear(18, 5),
    )


def words():
    return nn.Sequential(nn.Embedding(7, 4), nn.Conv1d(3, 2, 3), nn.GELU())


def frozen():
    net = Net(784, 10, 128)
    net.l1.requires_grad_(False)
    return net


def half_frozen():
    net = Net(784, 10, 128)
    net.l1.weight.requires_grad_(False)
    return net


ALL_COLUMNS = ("input_size", "output_size", "num_params", "params_percent", "mult_adds", "trainable")
NETS = {
    "new Net(784, 10, 128)": lambda: Net(784, 10, 128),
    "new Net2(784, 10, 128)": lambda: Net2(784, 10, 128),
    "flat": flat,
    "frozen": frozen,
    "half frozen": half_frozen,
    "new Twice()": Twice,
    "new Branches()": Branches,
    "images": images,
    "words": words,
    "new Linear(784, 10)": lambda: nn.Linear(784, 10),
    "new ReLU()": nn.ReLU,
    "new Sequential()": nn.Sequential,
    "new Linear(20000, 20000)": lambda: nn.Linear(20000, 20000),
}
CASES = (
    ("new Net(784, 10, 128)", [64, 784], {}),
    ("new Net(784, 10, 128)", [784], {}),
    ("new Net(784, 10, 128)", [500, 784], {}),
    ("new Net(784, 10, 128)", None, {}),
    ("new Net(784, 10, 128)", [64, 784], {"col_names": ALL_COLUMNS}),
    ("new Net(784, 10, 128)", [64, 784], {"col_names": ("num_params",)}),
    ("new Net(784, 10, 128)", [64, 784], {"col_names": ("kernel_size", "output_size")}),
    ("new Net(784, 10, 128)", [64, 784], {"row_settings": ("var_names",)}),
    ("new Net(784, 10, 128)", [64, 784], {"row_settings": ("depth", "var_names"), "col_width": 16}),
    ("new Net(784, 10, 128)", [784], {"batch_dim": 0}),
    ("new Net2(784, 10, 128)", [64, 784], {}),
    ("new Net2(784, 10, 128)", [784], {}),
    ("flat", [64, 1, 28, 28], {}),
    ("flat", None, {}),
    ("frozen", [64, 784], {}),
    ("frozen", [64, 784], {"col_names": ALL_COLUMNS}),
    ("half frozen", [64, 784], {"col_names": ALL_COLUMNS}),
    ("new Twice()", [3, 4], {}),
    ("new Twice()", [3, 4], {"depth": 1}),
    ("new Twice()", [3, 4], {"depth": 2, "col_names": ALL_COLUMNS}),
    ("new Twice()", [3, 4], {"depth": 0}),
    ("new Twice()", None, {}),
    ("new Branches()", None, {}),
    ("images", [8, 1, 28, 28], {}),
    ("images", [8, 1, 28, 28], {"col_names": (*ALL_COLUMNS, "kernel_size")}),
    ("images", [8, 1, 28, 28], {"mode": "train"}),
    ("images", None, {}),
    ("words", [5, 3], {"dtypes": [torch.long]}),
    ("new Linear(784, 10)", [1, 784], {}),
    ("new ReLU()", [2, 3], {}),
    ("new Sequential()", [2, 3], {}),
    ("new Linear(20000, 20000)", None, {}),
)
CAMEL = {"col_names": "colNames", "row_settings": "rowSettings", "col_width": "colWidth", "batch_dim": "batchDim"}


def text_of(net, size, options):
    """From Python 3.11 on torchinfo prints the name of its enum for the unit; before, as meant, its value."""
    table = summary(NETS[net](), input_size=size, verbose=0, **options)
    return str(table).replace("Units.MEGABYTES", "M").replace("Units.GIGABYTES", "G").replace("Units.NONE", "")


def row(net, size, options):
    told = {key: ["int64"] if key == "dtypes" else value for key, value in options.items()}
    told = {CAMEL.get(key, key): list(value) if isinstance(value, tuple) else value for key, value in told.items()}
    return {"net": net, "inputSize": size, "options": told, "text": text_of(net, size, options)}


def mistakes():
    yield {"net": "new Net(784, 10, 128)", "inputSize": [64, 100]}, {}
    yield {"net": "flat", "inputSize": [64, 28, 29]}, {}
    yield (
        {"net": "new Net(784, 10, 128)", "inputSize": [64, 784], "options": {"colNames": ["size"]}},
        {"col_names": ("size",)},
    )
    yield (
        {"net": "new Net(784, 10, 128)", "inputSize": [64, 784], "options": {"rowSettings": ["size"]}},
        {"row_settings": ("size",)},
    )


def golden():
    torch.manual_seed(0)
    return {
        "cases": [row(*case) for case in CASES],
        "errors": [
            told | message_of(lambda: summary(NETS[told["net"]](), input_size=told["inputSize"], verbose=0, **options))
            for told, options in mistakes()
        ],
    }
