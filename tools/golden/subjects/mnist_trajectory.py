"""The MNIST program on a small data set that anybody can draw: random bytes, rows brightened by the label."""

import torch

from encode import encode_data, encode_number
from subjects.mnist_training import normalized, train

DATA_SEED, TRAIN_COUNT, TEST_COUNT, EPOCHS = 2024, 600, 200, 3
SETTINGS = (
    {"batchSize": 77}, {"batchSize": 77, "layers": 2}, {"batchSize": 100, "lr": 0.1, "seed": 0}, {"batchSize": 600, "lr": 0.5},
    {"batchSize": 77, "activation": "sigmoid", "lr": 0.5}, {"batchSize": 64, "hidden": 16, "seed": 2**40 + 5},
    {"batchSize": 128, "init": "ones"}, {"batchSize": 128, "init": "zeros"}, {"batchSize": 128, "init": "xavier", "seed": 7},
    {"batchSize": 128, "init": "kaiming", "layers": 2, "seed": 42},
    {"batchSize": 77, "layers": 2, "activation": "sigmoid", "hidden": 32, "init": "xavier", "lr": 0.5},
)  # fmt: skip


def draw(generator, count):
    """Bytes below 128, then labels; the rows 2 * label to 2 * label + 3 are 120 brighter."""
    images = torch.randint(0, 128, (count, 28, 28), dtype=torch.uint8, generator=generator)
    labels = torch.randint(0, 10, (count,), generator=generator)
    for image, label in zip(images, labels.tolist()):
        image[2 * label : 2 * label + 4] += 120
    return images, labels


def golden():
    generator = torch.Generator().manual_seed(DATA_SEED)
    train_images, train_labels = draw(generator, TRAIN_COUNT)
    test_images, test_labels = draw(generator, TEST_COUNT)
    data = {"seed": DATA_SEED, "train": TRAIN_COUNT, "test": TEST_COUNT, "firstLabels": encode_data(train_labels[:8])}
    data |= {"firstBytes": encode_data(train_images[0, 0, :8]), "sumOfBytes": train_images.sum().item()}
    sets = (normalized(train_images), train_labels), (normalized(test_images), test_labels)
    return {"data": [data], "runs": [run(options, *sets) for options in SETTINGS]}


def run(options, train_set, test_set):
    rows, batch_losses, net = train(options, train_set, test_set, EPOCHS)
    bias = list(net.parameters())[-1]
    losses = [encode_number(loss) for loss in batch_losses]
    return {"options": options, "batchLosses": losses, "epochs": rows, "lastBias": encode_data(bias)}
