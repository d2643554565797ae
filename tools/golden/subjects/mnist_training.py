"""The program of the MNIST notes: a seeded training run, batch by batch and epoch by epoch."""

import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

from subjects.nets import Net, Net2, initialise

DEFAULTS = {
    "seed": 123, "batchSize": 500, "lr": 0.01, "hidden": 128, "layers": 1, "activation": "relu", "init": "default",
}  # fmt: skip


class Batches(TensorDataset):
    """Gives whole batches, which changes nothing in what is drawn."""

    def __getitems__(self, indices):
        return tuple(tensor[torch.tensor(indices)] for tensor in self.tensors)


def normalized(images):
    """What ToTensor, Normalize(0.5, 0.5) and view(-1) make of bytes."""
    return ((images.float() / 255 - 0.5) / 0.5).view(len(images), -1)


def train(options, train_set, test_set, epochs):
    """Rows of each epoch, losses of each training batch, and the network."""
    options = DEFAULTS | options
    torch.manual_seed(options["seed"])
    train_loader = loader_of(train_set, options["batchSize"], True)
    test_loader = loader_of(test_set, options["batchSize"], False)
    make = {1: Net, 2: Net2}[options["layers"]]
    net = make(784, 10, options["hidden"], options["activation"])
    initialise(net, options["init"])
    optimizer = optim.SGD(net.parameters(), lr=options["lr"])
    rows, batch_losses = [], []
    for epoch in range(1, epochs + 1):
        train_loss, train_acc, losses = run_epoch(net, train_loader, optimizer)
        val_loss, val_acc, _ = run_epoch(net, test_loader)
        rows.append(
            {"epoch": epoch, "trainLoss": train_loss, "trainAcc": train_acc, "valLoss": val_loss, "valAcc": val_acc}
        )
        batch_losses += losses
    return rows, batch_losses, net


def loader_of(tensors, batch_size, shuffle):
    return DataLoader(Batches(*tensors), batch_size=batch_size, shuffle=shuffle, collate_fn=lambda batch: batch)


def run_epoch(net, batches, optimizer=None):
    """Means over samples of loss and accuracy, and the losses of the batches."""
    criterion = nn.CrossEntropyLoss()
    loss_sum, correct, seen, losses = 0.0, 0, 0, []
    for inputs, labels in batches:
        if optimizer:
            optimizer.zero_grad()
        outputs = net(inputs)
        loss = criterion(outputs, labels)
        if optimizer:
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
        loss_sum += loss.item() * len(labels)
        correct += (outputs.max(1)[1] == labels).sum().item()
        seen += len(labels)
    return loss_sum / seen, correct / seen, losses
