"""The seed's program in PyTorch: 784-128-10, ReLU, cross-entropy, SGD, batches of 500, evaluated after every epoch.

Prints a JSON object an epoch; losses are means over samples. `--fast` keeps the images in one float tensor instead of
reading them through a DataLoader.
"""

import argparse
import json
import time

import torch
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision import datasets, transforms


class Net(nn.Module):
    def __init__(self, n_input, n_output, n_hidden):
        super().__init__()
        self.l1 = nn.Linear(n_input, n_hidden)
        self.l2 = nn.Linear(n_hidden, n_output)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.l2(self.relu(self.l1(x)))


class InMemory:
    """What a DataLoader gives, gathered from one tensor of floats."""

    def __init__(self, dataset, batch_size, shuffle):
        self.images = dataset.data.view(-1, 784).float().div(255).sub(0.5).div(0.5)
        self.labels = dataset.targets
        self.batch_size = batch_size
        self.shuffle = shuffle

    def __iter__(self):
        count = len(self.labels)
        order = torch.randperm(count) if self.shuffle else torch.arange(count)
        for rows in order.split(self.batch_size):
            yield self.images[rows], self.labels[rows]


def run(net, batches, criterion, optimizer=None):
    """One pass: the mean loss and the share of hits."""
    loss_sum, correct, seen = 0.0, 0, 0
    with torch.set_grad_enabled(optimizer is not None):
        for inputs, labels in batches:
            if optimizer is not None:
                optimizer.zero_grad()
            outputs = net(inputs)
            loss = criterion(outputs, labels)
            if optimizer is not None:
                loss.backward()
                optimizer.step()
            loss_sum += loss.item() * len(labels)
            correct += (outputs.max(1)[1] == labels).sum().item()
            seen += len(labels)
    return loss_sum / seen, correct / seen


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", default="./data")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=123)
    parser.add_argument("--threads", type=int, default=0, help="0 leaves it to PyTorch")
    parser.add_argument("--fast", action="store_true")
    return parser.parse_args()


def main():
    args = parse()
    if args.threads > 0:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    transform = transforms.Compose(
        [transforms.ToTensor(), transforms.Normalize(0.5, 0.5), transforms.Lambda(lambda x: x.view(-1))]
    )
    loader = InMemory if args.fast else DataLoader
    train_set = datasets.MNIST(args.root, train=True, transform=transform)
    test_set = datasets.MNIST(args.root, train=False, transform=transform)
    train_loader = loader(train_set, batch_size=500, shuffle=True)
    test_loader = loader(test_set, batch_size=500, shuffle=False)

    net = Net(784, 10, 128)
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.SGD(net.parameters(), lr=0.01)
    for epoch in range(1, args.epochs + 1):
        wall, processor = time.perf_counter(), time.process_time()
        train_loss, train_acc = run(net, train_loader, criterion, optimizer)
        seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - processor
        val_loss, val_acc = run(net, test_loader, criterion)
        line = {
            "epoch": epoch,
            "seconds": seconds,
            "cpuSeconds": cpu_seconds,
            "trainLoss": train_loss,
            "trainAcc": train_acc,
            "valLoss": val_loss,
            "valAcc": val_acc,
        }
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
