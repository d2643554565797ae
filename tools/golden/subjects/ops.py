"""Values and gradients of the ops of one kind, and error messages: `ops_arithmetic.py` says which calls."""

import math

import torch

from encode import encode_tensor, message_of
from inputs import floats, source_for
from torch_call import call


class Case:
    def __init__(self, op, *inputs, args=(), as_list=False, grad=True):
        self.op, self.inputs, self.args, self.as_list, self.grad = op, inputs, list(args), as_list, grad

    def golden(self, ordinal):
        source = source_for(self.op, ordinal)
        inputs = [draw(source) for draw in self.inputs]
        row = {"op": self.op, "inputs": [encode_tensor(x) for x in inputs], "args": self.args}
        if self.as_list:
            row["list"] = True
        leaves = [x.requires_grad_() if self.grad and x.is_floating_point() else x for x in inputs]
        in_place = self.op.endswith("_")
        started = [leaves[0].clone(), *leaves[1:]] if in_place else leaves
        outputs = call(self.op, started, self.args, self.as_list)
        if isinstance(outputs[0], bool):
            return row | {"result": outputs[0]}
        row["outputs"] = [encode_tensor(x) for x in outputs]
        if outputs[0].requires_grad and math.prod(outputs[0].shape) > 0:
            weight = floats(*outputs[0].shape)(source)
            grads = torch.autograd.grad(
                (outputs[0] * weight).sum(), [x for x in leaves if x.requires_grad], allow_unused=True
            )
            found = iter(grads)
            row["weight"] = encode_tensor(weight)
            row["grads"] = [encode_grad(next(found)) if x.requires_grad else None for x in leaves]
        return row


def encode_grad(grad):
    return None if grad is None else encode_tensor(grad)


def golden(kind):
    counts, rows = {}, []
    for case in kind.cases(Case):
        counts[case.op] = counts.get(case.op, 0) + 1
        rows.append(case.golden(counts[case.op]))
    more = kind.more() if hasattr(kind, "more") else {}
    return {"cases": rows, "errors": [error_row(case) for case in kind.errors(Case)]} | more


def error_row(case):
    source = source_for("error", case.op)
    inputs = [draw(source) for draw in case.inputs]
    error = message_of(lambda: call(case.op, inputs, case.args, case.as_list))
    row = {"op": case.op, "inputs": [encode_tensor(x) for x in inputs], "args": case.args}
    return row | ({"list": True} if case.as_list else {}) | error
