"""Milliseconds of a training step in PyTorch, on random images, once an epoch as a JSON object.

`mlp` is 784-128-10 with ReLU and cross-entropy; `cnn` is the network of PyTorch's MNIST example: conv 1-32, relu,
conv 32-64, relu, max-pool, dropout, linear 9216-128, relu, dropout, linear 128-10. SGD(lr=0.01).
"""

import argparse
import json
import time

import torch
import torch.nn.functional as F
from torch import nn, optim

SECONDS = 1.5


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(784, 128)
        self.l2 = nn.Linear(128, 10)

    def forward(self, x):
        return F.log_softmax(self.l2(F.relu(self.l1(x))), dim=1)


class Cnn(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, 1)
        self.conv2 = nn.Conv2d(32, 64, 3, 1)
        self.dropout1 = nn.Dropout(0.25 if dropout else 0.0)
        self.dropout2 = nn.Dropout(0.5 if dropout else 0.0)
        self.fc1 = nn.Linear(9216, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv2(F.relu(self.conv1(x)))), 2)
        x = torch.flatten(self.dropout1(x), 1)
        x = self.dropout2(F.relu(self.fc1(x)))
        return F.log_softmax(self.fc2(x), dim=1)


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=["mlp", "cnn"], default="mlp")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="0 leaves it to PyTorch")
    parser.add_argument("--no-dropout", action="store_true")
    return parser.parse_args()


def product_speed():
    """The speed of a large product, in 10^9 floating-point operations a second."""
    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    a @ b
    count, started = 0, time.perf_counter()
    while count == 0 or time.perf_counter() - started < 0.5:
        a @ b
        count += 1
    return 2 * 1024**3 * count / (time.perf_counter() - started) / 1e9


def main():
    args = parse()
    if args.threads > 0:
        torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    net = Mlp() if args.model == "mlp" else Cnn(not args.no_dropout)
    optimizer = optim.SGD(net.parameters(), lr=0.01)
    shape = (784,) if args.model == "mlp" else (1, 28, 28)
    inputs = torch.rand(args.batch_size, *shape) * 2 - 1
    labels = torch.arange(args.batch_size) % 10

    def run(count):
        for _ in range(count):
            optimizer.zero_grad()
            loss = F.nll_loss(net(inputs), labels)
            loss.backward()
            optimizer.step()
            last = loss.item()
        return last

    started = time.perf_counter()
    run(1)
    first_ms = (time.perf_counter() - started) * 1000
    started = time.perf_counter()
    run(1)
    count = min(300, max(1, round(SECONDS / (time.perf_counter() - started))))
    for epoch in range(1, args.epochs + 1):
        wall, processor = time.perf_counter(), time.process_time()
        loss = run(count)
        ms, cpu_ms = (
            (after - before) * 1000 / count
            for before, after in ((wall, time.perf_counter()), (processor, time.process_time()))
        )
        sample = {"epoch": epoch, "steps": count, "ms": ms, "cpuMs": cpu_ms, "loss": loss, "firstMs": first_ms}
        print(json.dumps({**sample, "productGflops": product_speed()}), flush=True)


if __name__ == "__main__":
    main()
