"""Optimizers: trajectories in float32, state, printed form, mistakes; schedulers: rates. The laws are tried on the same options."""

import torch
from torch import nn, optim

from encode import encode_data, encode_tensor, message_of
from inputs import floats, positive, source_for
from kindling_names import keyword_arguments

OPTIMIZERS = (
    ("SGD", {}), ("SGD", {"lr": 0.1}), ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}), ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"lr": 0.1, "weightDecay": 0.1}), ("SGD", {"lr": 0.01, "maximize": True}),
    ("SGD", {"lr": 0.05, "momentum": 0.5, "dampening": 0.1, "weightDecay": 0.01, "maximize": True}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "weightDecay": 0.01}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "weightDecay": 0.01, "nesterov": True}),
    ("Adam", {}), ("Adam", {"lr": 0.1}), ("Adam", {"lr": 0.1, "betas": [0.8, 0.9], "eps": 1e-3}),
    ("Adam", {"lr": 0.1, "weightDecay": 0.1}), ("Adam", {"lr": 0.1, "amsgrad": True}),
    ("Adam", {"lr": 0.1, "amsgrad": True, "weightDecay": 0.01}),
    ("Adam", {"lr": 0.1, "amsgrad": True, "weightDecay": 0.1, "maximize": True}),
    ("AdamW", {}), ("AdamW", {"lr": 0.1}), ("AdamW", {"lr": 0.1, "weightDecay": 0.1}), ("AdamW", {"lr": 0.1, "weightDecay": 0}),
    ("AdamW", {"lr": 0.1, "betas": [0.5, 0.9], "amsgrad": True}), ("AdamW", {"lr": 0.1, "maximize": True}),
    ("RMSprop", {}), ("RMSprop", {"lr": 0.1}), ("RMSprop", {"lr": 0.1, "alpha": 0.9, "eps": 1e-3}),
    ("RMSprop", {"lr": 0.1, "centered": True}), ("RMSprop", {"lr": 0.1, "momentum": 0.5, "weightDecay": 0.01}),
    ("RMSprop", {"lr": 0.1, "momentum": 0.5, "centered": True, "alpha": 0.9}), ("RMSprop", {"lr": 0.01, "maximize": True}),
)  # fmt: skip
STEPS = 20


def make(name, parameters, options):
    return getattr(optim, name)(parameters, **keyword_arguments(options))


def quadratic(name, options):
    """x^2 + y^2 + xy from (1, -2): one parameter of two numbers, after each step."""
    point = nn.Parameter(torch.tensor([1.0, -2.0]))
    optimizer = make(name, [point], options)
    path = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        (point.square().sum() + point[0] * point[1]).backward()
        optimizer.step()
        path.append(encode_data(point))
    return {"optimizer": name, "options": options, "path": path}


def regression(name, options):
    """Mean squared error of `x @ weight.T + bias` against y: losses of each step, and where it ends."""
    source = source_for("regression")
    x, y, weight, bias = (floats(*shape)(source) for shape in ((8, 3), (8, 2), (2, 3), (2,)))
    parameters = [nn.Parameter(weight.clone()), nn.Parameter(bias.clone())]
    optimizer = make(name, parameters, options)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(nn.functional.linear(x, *parameters), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    end = {"weight": encode_data(parameters[0]), "bias": encode_data(parameters[1])}
    data = {key: encode_tensor(value) for key, value in {"x": x, "y": y, "weight": weight, "bias": bias}.items()}
    return data, {"optimizer": name, "options": options, "losses": encode_data(torch.stack(losses)), "end": end}


GROUPS = (
    ("SGD", [{"lr": 0.5}, {}], {"lr": 0.1, "momentum": 0.9}),
    ("SGD", [{"weightDecay": 0.1, "momentum": 0}, {"lr": 0.2, "nesterov": True}], {"lr": 0.1, "momentum": 0.9}),
    ("Adam", [{"betas": [0.5, 0.5]}, {"lr": 0.01}], {"lr": 0.1}),
    ("AdamW", [{"weightDecay": 0}, {"lr": 0.01}], {"lr": 0.1}),
    ("RMSprop", [{"alpha": 0.5}, {"lr": 0.01}], {"lr": 0.1}),
    ("RMSprop", [{"centered": True}, {"weightDecay": 0.1}], {"lr": 0.1, "momentum": 0.5}),
)


def groups_row(name, group_options, options):
    """Three parameters in two groups; the second has a gradient every other step only. Gradients are given."""
    source = source_for("groups", name, repr(options))
    parameters = [nn.Parameter(positive(2)(source)) for _ in range(3)]
    row = {
        "optimizer": name,
        "groups": group_options,
        "options": options,
        "start": [encode_data(p) for p in parameters],
    }
    groups = [
        {"params": parameters[:2], **keyword_arguments(group_options[0])},
        {"params": parameters[2:], **keyword_arguments(group_options[1])},
    ]
    optimizer = make(name, groups, options)
    row["empty"] = encode_state(optimizer)
    grads, path = [], []
    for step in range(4):
        for index, parameter in enumerate(parameters):
            parameter.grad = None if index == 1 and step % 2 == 0 else floats(2)(source)
        grads.append([None if p.grad is None else encode_data(p.grad) for p in parameters])
        optimizer.step()
        path.append([encode_data(p) for p in parameters])
    return row | {"grads": grads, "path": path, "state": encode_state(optimizer), "text": repr(optimizer)}


def encode_state(optimizer):
    state = optimizer.state_dict()
    numbers = {index: {key: encode_entry(value) for key, value in row.items()} for index, row in state["state"].items()}
    return {"state": numbers, "param_groups": state["param_groups"]}


def encode_entry(value):
    return encode_data(value) if torch.is_tensor(value) else value


def printed():
    one = nn.Parameter(torch.zeros(1))
    for name, options in OPTIMIZERS:
        yield {"optimizer": name, "options": options, "text": repr(make(name, [one], options))}


# Name, arguments after the optimizer, options, the learning rates of the optimizer's groups, epochs.
SCHEDULERS = (
    ("StepLR", [2], {}, [1.0], 7), ("StepLR", [3], {"gamma": 0.5}, [0.1], 10), ("StepLR", [1], {"gamma": 0.9}, [0.01], 6),
    ("StepLR", [2], {"gamma": 0.1}, [1.0, 0.5], 5),
    ("ExponentialLR", [0.9], {}, [0.1], 6), ("ExponentialLR", [0.5], {}, [1.0, 0.3], 4),
)  # fmt: skip


def schedule(name, arguments, options, lrs, epochs):
    """Learning rates after 0, 1, 2, ... calls of step()."""
    optimizer = optim.SGD([{"params": [nn.Parameter(torch.zeros(1))], "lr": lr} for lr in lrs])
    scheduler = getattr(optim.lr_scheduler, name)(optimizer, *arguments, **keyword_arguments(options))
    rates = [scheduler.get_last_lr()]
    for _ in range(epochs):
        optimizer.step()
        scheduler.step()
        rates.append(scheduler.get_last_lr())
    state = {key: value for key, value in scheduler.state_dict().items() if isinstance(value, (int, float, list, bool))}
    initial = [group["initial_lr"] for group in optimizer.param_groups]
    return {
        "scheduler": name,
        "args": arguments,
        "options": options,
        "lrs": lrs,
        "rates": rates,
        "state": state,
        "initial": initial,
    }


def scheduler_after_hand():
    """The learning rate is multiplied, not set: one that was changed by hand stays changed."""
    optimizer = optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = optim.lr_scheduler.StepLR(optimizer, 2)
    rates = []
    for epoch in range(6):
        if epoch == 3:
            optimizer.param_groups[0]["lr"] = 5.0
        optimizer.step()
        scheduler.step()
        rates.append(optimizer.param_groups[0]["lr"])
    return {"stepSize": 2, "lr": 1.0, "setBeforeStep": {"3": 5.0}, "rates": rates}


def mistakes():
    p, q = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(2))
    for name, options in (
        ("SGD", {"lr": -1}), ("SGD", {"momentum": -1}), ("SGD", {"weightDecay": -1}), ("SGD", {"nesterov": True}),
        ("SGD", {"nesterov": True, "momentum": 0.9, "dampening": 0.1}), ("Adam", {"lr": -1}), ("Adam", {"eps": -1}),
        ("Adam", {"betas": [1, 0.9]}), ("Adam", {"betas": [0.9, -0.1]}), ("Adam", {"weightDecay": -1}), ("AdamW", {"lr": -0.5}),
        ("RMSprop", {"lr": -1}), ("RMSprop", {"eps": -1}), ("RMSprop", {"momentum": -1}), ("RMSprop", {"weightDecay": -1}),
        ("RMSprop", {"alpha": -1}),
    ):  # fmt: skip
        yield {"optimizer": name, "options": options}, lambda name=name, options=options: make(name, [p], options)
    sgd = optim.SGD([p], lr=1.0)
    yield "no parameters", lambda: optim.SGD([], lr=1)
    yield "a tensor", lambda: optim.SGD(torch.zeros(2), lr=1)
    yield "a string", lambda: optim.SGD(["a"], lr=1)
    yield "not a leaf", lambda: optim.SGD([p * 2], lr=1)
    yield "the same parameter in two groups", lambda: optim.SGD([{"params": [p]}, {"params": [p]}], lr=1)
    yield "addParamGroup: a parameter it has", lambda: sgd.add_param_group({"params": [p]})
    yield "addParamGroup: not a dict", lambda: sgd.add_param_group([q])
    yield (
        "loadStateDict: another number of groups",
        lambda: sgd.load_state_dict(optim.SGD([{"params": [p]}, {"params": [q]}], lr=1).state_dict()),
    )
    yield "loadStateDict: another size of group", lambda: sgd.load_state_dict(optim.SGD([p, q], lr=1).state_dict())
    yield "StepLR of a string", lambda: optim.lr_scheduler.StepLR("optimizer", 2)


def golden():
    data, rows = None, []
    for name, options in OPTIMIZERS:
        data, row = regression(name, options)
        rows.append(row)
    return {
        "quadratic": [quadratic(name, options) for name, options in OPTIMIZERS],
        "regressionData": [data],
        "regression": rows,
        "groups": [groups_row(*group) for group in GROUPS],
        "printed": list(printed()),
        "schedules": [schedule(*scheduler) for scheduler in SCHEDULERS],
        "stepLRByHand": [scheduler_after_hand()],
        "errors": [{"call": call} | message_of(mistake) for call, mistake in mistakes()],
    }
