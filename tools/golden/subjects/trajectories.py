"""The recipes' networks, step by step on the real data: MNIST_ROOT names the folder that torchvision has filled."""

import os

import torch
import torch.nn.functional as F
from torch import nn, optim
from torchvision import datasets

from encode import encode_data, encode_number
from subjects.mnist_training import loader_of
from subjects.nets import Net

PACKAGES = ("torch", "torchvision")

# The smaller ones are for devices that are slow.
SETTINGS = [
    *(
        {"model": "mlp", "seed": 123, "lr": 0.01, "dropout": False, "batchSize": batch_size, "steps": 20}
        for batch_size in (500, 50)
    ),
    *(
        {"model": "cnn", "seed": 1, "lr": 0.01, "dropout": dropout, "batchSize": batch_size, "steps": steps}
        for batch_size, steps in ((64, 50), (2, 3))
        for dropout in (True, False)
    ),
]


class ConvNet(nn.Module):
    """https://github.com/pytorch/examples/blob/main/mnist/main.py; its log_softmax is the loss's here."""

    def __init__(self, n_output, dropout):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, 1)
        self.conv2 = nn.Conv2d(32, 64, 3, 1)
        self.dropout1 = nn.Dropout(0.25 * dropout)
        self.dropout2 = nn.Dropout(0.5 * dropout)
        self.fc1 = nn.Linear(9216, 128)
        self.fc2 = nn.Linear(128, n_output)

    def forward(self, x):
        x = F.relu(self.conv2(F.relu(self.conv1(x))))
        x = torch.flatten(self.dropout1(F.max_pool2d(x, 2)), 1)
        return self.fc2(self.dropout2(F.relu(self.fc1(x))))


def run(images, labels, options):
    torch.manual_seed(options["seed"])
    loader = loader_of((images, labels), options["batchSize"], True)
    net = ConvNet(10, options["dropout"]) if options["model"] == "cnn" else Net(784, 10, 128, "relu")
    optimizer = optim.SGD(net.parameters(), lr=options["lr"])
    losses, first = [], None
    for _, (inputs, targets) in zip(range(options["steps"]), loader):
        first = targets if first is None else first
        optimizer.zero_grad()
        loss = F.cross_entropy(net(inputs if options["model"] == "cnn" else inputs.flatten(1)), targets)
        loss.backward()
        optimizer.step()
        losses.append(encode_number(loss.item()))
    return options | {"firstLabels": encode_data(first[:4]), "losses": losses}


def golden():
    data = datasets.MNIST(os.environ["MNIST_ROOT"])
    images = ((data.data.float() / 255 - 0.5) / 0.5).unsqueeze(1)
    return {"runs": [run(images, data.targets, options) for options in SETTINGS]}
