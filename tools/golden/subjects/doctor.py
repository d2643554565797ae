"""The probe of `@kindling/backends/doctor`: the loss of a small network, and enough of its gradients to judge the cpu by."""

import torch
import torch.nn.functional as F

from encode import encode_tensor

SEED = 4
SHAPES = {
    "input": [4, 2, 9, 9],
    "conv1.weight": [6, 2, 3, 3],
    "conv1.bias": [6],
    "conv2.weight": [8, 6, 3, 3],
    "conv2.bias": [8],
    "fc.weight": [5, 32],
    "fc.bias": [5],
}


def golden():
    generator = torch.Generator().manual_seed(SEED)
    leaves = {name: torch.rand(shape, generator=generator).sub_(0.5).requires_grad_() for name, shape in SHAPES.items()}
    labels = torch.randint(0, 5, [4], generator=generator)

    first = F.relu(F.conv2d(leaves["input"], leaves["conv1.weight"], leaves["conv1.bias"], padding=1))
    second = F.conv2d(F.max_pool2d(first, 2), leaves["conv2.weight"], leaves["conv2.bias"], stride=2, padding=1)
    scores = F.linear(second.sigmoid().flatten(1), leaves["fc.weight"], leaves["fc.bias"])
    loss = F.cross_entropy(scores, labels)
    kept = ("conv1.weight", "conv1.bias", "conv2.bias", "fc.bias")
    gradients = torch.autograd.grad(loss, [leaves[name] for name in kept])
    numbers = {"loss": loss, **dict(zip(kept, gradients))}
    return {"numbers": {name: encode_tensor(number) for name, number in numbers.items()}}
