"""Training in double precision, and networks in half: of other dtypes than float32."""

import torch
from torch import nn, optim

from encode import encode_data, encode_tensor
from kindling_names import DTYPES

STEPS = 6
OPTIMIZERS = {
    "SGD": lambda parameters: optim.SGD(parameters, lr=0.1, momentum=0.9, weight_decay=0.01),
    "Adam": lambda parameters: optim.Adam(parameters, lr=0.01),
}


def network():
    """Without a bias before the normalization: its gradient would be nothing but rounding, which Adam makes as large as any."""
    return nn.Sequential(nn.Linear(4, 6, bias=False), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 3))


def in_doubles(way):
    """A network of doubles: converted, or made while doubles are the default."""
    torch.manual_seed(0)
    if way == "double":
        return network().double()
    torch.set_default_dtype(torch.float64)
    try:
        return network()
    finally:
        torch.set_default_dtype(torch.float32)


def train(way, name):
    net = in_doubles(way)
    start = {key: encode_tensor(value) for key, value in net.state_dict().items()}
    x = torch.randn(8, 4, dtype=torch.float64)
    y = torch.arange(8) % 3
    optimizer = OPTIMIZERS[name](net.parameters())
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(encode_data(loss))
    end = {key: encode_tensor(value) for key, value in net.state_dict().items()}
    return {"way": way, "optimizer": name, "x": encode_tensor(x), "losses": losses, "start": start, "end": end}


def halved(name):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3)).to(DTYPES[name])
    x = torch.randn(5, 4).to(DTYPES[name])
    state = {key: encode_tensor(value) for key, value in net.state_dict().items()}
    return {"dtype": name, "x": encode_tensor(x), "state": state, "output": encode_tensor(net(x))}


def golden():
    return {
        "trainings": [train(way, name) for way in ("double", "default") for name in OPTIMIZERS],
        "halves": [halved(name) for name in ("float16", "bfloat16")],
    }
