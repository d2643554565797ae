"""Images a second out of PyTorch's DataLoader with the seed's transforms, on one thread. Prints a JSON object an epoch."""

import argparse
import json
import time

import torch
from torch.utils.data import DataLoader
from torchvision import datasets, transforms


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", default="./data")
    parser.add_argument("--epochs", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    transform = transforms.Compose(
        [transforms.ToTensor(), transforms.Normalize(0.5, 0.5), transforms.Lambda(lambda x: x.view(-1))]
    )
    dataset = datasets.MNIST(args.root, train=True, transform=transform)
    loader = DataLoader(dataset, batch_size=500, shuffle=True)
    for epoch in range(1, args.epochs + 1):
        wall, processor = time.perf_counter(), time.process_time()
        for _inputs, _labels in loader:
            pass
        seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - processor
        rates = {"imagesPerSecond": len(dataset) / seconds, "imagesPerCpuSecond": len(dataset) / cpu_seconds}
        print(json.dumps({"epoch": epoch, **rates}), flush=True)


if __name__ == "__main__":
    main()
