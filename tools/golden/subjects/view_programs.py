"""Programs that take views, change them in place and differentiate: what every tensor is afterwards, or how PyTorch refuses."""

import random

import torch

from encode import encode_tensor
from kindling_names import python_index, snake_case

# Its numbers are exact or nearly so, and views in double precision would be other views.
HAS_NUMBERS = False
SEED = 3
PROGRAMS = 420
SHAPES = [(4,), (2, 3), (3, 2), (4, 3), (2, 3, 2), (1, 3), ()]


def golden():
    draw = random.Random(SEED)
    return {"programs": [run(rows) for rows in [*rare(), *(program(draw) for _ in range(PROGRAMS))]]}


def rare():
    """Programs that are seldom drawn."""

    def new(name, shape, leaf=False):
        data = [(i + 1) / 4 for i in range(torch.Size(shape).numel())]
        return {"as": name, "new": data, "shape": shape, "dtype": "float32", "leaf": leaf}

    def call(name, of, method, *args, **more):
        return {"as": name, "of": of, "call": method, "args": list(args)} | more

    # What detach() makes of a view is the base of its own views, and lies in the middle of other elements.
    for part in (["select", 0, 1], ["t"], ["index", ":", "1:"], ["diagonal"]):
        for change in (["mul_", {"ref": "w"}], ["indexPut_", [[0]], {"ref": "w"}]):
            cut = [new("x", [3, 3]), call("v", "x", *part), call("y", "v", "detach"), call("z", "y", "narrow", 0, 1, 1)]
            yield [*cut, new("w", [1], True), call(None, "z", *change)]
    # A view that was made without recording needs a gradient, and gets none.
    for part in (["select", 0, 1], ["view", [-1]], ["t"]):
        yield [new("x", [2, 3], True), call("v", "x", *part, noGrad=True), call("y", "v", "mul", {"ref": "v"})]


# --- what a program is --------------------------------------------------------------------------------------------
#
# Rows of {"as", "new", "dtype", "leaf"} make a tensor of numbers; rows of {"as", "of", "call", "args"} call a method of an earlier one, whose
# name is that of the tensor or null where nothing is kept. {"ref": name} among the args stands for a tensor.


class Program:
    """A program while it is being written: it runs along, so that shapes are known."""

    def __init__(self, draw):
        self.draw, self.rows, self.tensors, self.stopped = draw, [], {}, False

    def name(self):
        return "abcdefghijklmnopqrstuvwxyz"[len(self.tensors)]

    def add(self, row):
        """Runs the row too; a program ends with the first one that is refused."""
        if self.stopped:
            return None
        self.rows.append(row)
        try:
            execute(row, self.tensors)
        except (RuntimeError, IndexError, ValueError):
            self.stopped = True
        return row.get("as")

    def new(self, shape, dtype="float32", leaf=False):
        count = torch.Size(shape).numel()
        data = [self.draw.randint(-8, 8) / (4 if dtype == "float32" else 1) for _ in range(count)]
        data = data if dtype == "float32" else [int(value) for value in data]
        return self.add({"as": self.name(), "new": data, "shape": list(shape), "dtype": dtype, "leaf": leaf})

    def call(self, of, call, *args, keep=True, **more):
        row = {"as": self.name() if keep else None, "of": of, "call": call, "args": list(args)} | more
        if self.draw.random() < 0.08:
            row["noGrad"] = True
        return self.add(row)

    def any(self):
        return self.draw.choice(list(self.tensors))


def program(draw):
    p = Program(draw)
    kind = draw.choice(["plain", "plain", "leaf", "computed", "computed", "computed", "integers"])
    base = p.new(draw.choice(SHAPES), "int64" if kind == "integers" else "float32", kind in ("leaf", "computed"))
    if kind == "computed":
        base = p.call(base, "mul", 2)
    for _ in range(draw.randint(1, 3)):
        view(p, base if draw.random() < 0.4 else p.any())
    for _ in range(draw.randint(1, 3)):
        if draw.random() < 0.3:
            save(p)
        change(p)
        if draw.random() < 0.3:
            view(p, p.any())
    return p.rows


def view(p, of):
    if p.stopped or of not in p.tensors:
        return
    x, draw = p.tensors[of], p.draw
    n = x.ndim
    dim = draw.randrange(-n, n) if n else 0
    size = x.shape[dim] if n else 1
    kinds = ["unsqueeze", "expand", "detach", "alias", "clone", "reshape"]
    if n > 0:
        kinds += [
            "select",
            "narrow",
            "slice",
            "split",
            "unbind",
            "chunk",
            "flatten",
            "view",
            "unfold",
            "squeeze",
            "mask",
            "list",
        ] * 2
    if n > 1:
        kinds += ["t", "transpose", "permute", "diagonal"] * 3
    kind = draw.choice(kinds)
    if kind == "unsqueeze":
        p.call(of, "unsqueeze", draw.randrange(n + 1))
    elif kind == "expand":
        p.call(of, "expand", [2, *([-1] * n)] if draw.random() < 0.5 else [-1 if s != 1 else 2 for s in x.shape])
    elif kind in ("detach", "clone", "t") and not (kind == "t" and n > 2):
        p.call(of, kind)
    elif kind == "alias":
        p.call(of, "index", "...")
    elif kind == "reshape":
        p.call(of, "reshape", [-1])
    elif kind == "select" and size:
        p.call(of, "select", dim, draw.randrange(-size, size))
    elif kind == "narrow" and size:
        start = draw.randrange(size)
        p.call(of, "narrow", dim, start, draw.randint(0 if draw.random() < 0.1 else 1, size - start))
    elif kind == "slice":
        index = draw.choice(["1:", ":2", "::2", "-2:", ":", "0:1"])
        first = draw.choice([":", 0]) if n > 1 and x.shape[0] else None
        p.call(of, "index", *([index] if first is None else [first, index]))
    elif kind == "split" and size:
        p.call(of, "split", draw.randint(1, size), dim, output=0)
    elif kind == "chunk" and size:
        p.call(of, "chunk", 2, dim, output=0)
    elif kind == "unbind" and size:
        p.call(of, "unbind", dim, output=draw.randrange(size))
    elif kind == "flatten":
        p.call(of, "flatten")
    elif kind == "view":
        p.call(of, "view", draw.choice([[-1], [1, *x.shape], [*reversed(x.shape)]]))
    elif kind == "unfold" and size > 1:
        p.call(of, "unfold", dim, 2, draw.choice([1, 2]))
    elif kind == "squeeze":
        p.call(of, "squeeze")
    elif kind == "transpose":
        p.call(of, "transpose", dim, draw.randrange(n))
    elif kind == "permute":
        p.call(of, "permute", draw.sample(range(n), n))
    elif kind == "diagonal":
        p.call(of, "diagonal", draw.choice([0, 1, -1]), *draw.sample(range(n), 2))
    elif kind == "mask":
        p.call(of, "index", [draw.random() < 0.6 for _ in range(x.shape[0])])
    elif kind == "list" and x.shape[0]:
        p.call(of, "index", [draw.randrange(-x.shape[0], x.shape[0]) for _ in range(2)])


def save(p):
    """Something whose derivative needs what its operands were."""
    of = p.any()
    if p.draw.random() < 0.5:
        p.call(of, "mul", {"ref": of})
    elif p.tensors[of].is_floating_point():
        p.call(of, p.draw.choice(["sin", "sigmoid"]))


def change(p):
    if p.stopped:
        return
    on, draw = p.any(), p.draw
    x = p.tensors[on]
    if repeats(x):
        return
    kind = draw.choice(["number", "number", "tensor", "tensor", "copy", "fill", "unary", "put", "put", "put", "other"])
    dtype = "float32" if x.is_floating_point() else "int64"
    if kind == "number":
        p.call(on, draw.choice(["add_", "mul_", "sub_"]), draw.choice([2, -1, 3]), keep=False)
    elif kind in ("tensor", "copy"):
        shape = x.shape if draw.random() < 0.6 else x.shape[-1:]
        operand = p.new(shape, dtype, dtype == "float32" and draw.random() < 0.5)
        p.call(on, "copy_" if kind == "copy" else draw.choice(["add_", "mul_"]), {"ref": operand}, keep=False)
    elif kind == "fill":
        p.call(on, *draw.choice([("fill_", 3), ("zero_",), ("fill_", 1)]), keep=False)
    elif kind == "unary":
        p.call(
            on,
            draw.choice(["neg_", "abs_", "square_"] if dtype == "int64" else ["neg_", "sigmoid_", "sin_", "abs_"]),
            keep=False,
        )
    elif kind == "other":
        operand = p.any()
        if not reads_what_it_writes(x, p.tensors[operand]):
            p.call(on, "add_", {"ref": operand}, keep=False)
    else:
        put(p, on, x, dtype)


def reads_what_it_writes(x, operand):
    """Whether elements are read that may have been changed before: PyTorch only refuses it where that is easily seen."""
    if x.untyped_storage().data_ptr() != operand.untyped_storage().data_ptr():
        return False
    return not (x.is_contiguous() and operand.is_contiguous())


def repeats(x):
    """Whether windows overlap: how often PyTorch changes an element that is in two of them depends on how it runs."""
    places = [0]
    for size, stride in zip(x.shape, x.stride()):
        places = [place + i * stride for place in places for i in range(size)]
    return 0 not in x.stride() and len(set(places)) < len(places)


def put(p, on, x, dtype):
    draw, n = p.draw, x.ndim
    # In expanded tensors PyTorch puts them still, but says that it will not for long.
    if n == 0 or 0 in x.shape or 0 in x.stride():
        return
    size = x.shape[0]
    rows = [draw.randrange(-size, size) for _ in range(draw.randint(1, 3))]
    kinds = ["number", "slice", "list", "mask", "whole mask"] + (
        ["two lists", "list after slice", "number and list"] if n > 1 else []
    )
    kind = draw.choice(kinds)
    columns = [draw.randrange(x.shape[1]) for _ in rows] if n > 1 else []
    indices = {
        "number": lambda: [rows[0]],
        "slice": lambda: ["::2"] if n == 1 else [":", draw.choice(["1:", "::2", 0])],
        "list": lambda: [rows],
        "mask": lambda: [[draw.random() < 0.6 for _ in range(size)]],
        "whole mask": lambda: [
            (torch.rand(x.shape, generator=torch.Generator().manual_seed(draw.randrange(99))) < 0.5).tolist()
        ],
        "two lists": lambda: [rows, columns],
        "list after slice": lambda: [":", columns],
        "number and list": lambda: [rows[0], columns],
    }[kind]()
    accumulate = kind in ("list", "two lists") and draw.random() < 0.5
    shape = tuple(at(x.detach(), indices).shape)
    form = draw.choice(["number", "whole", "whole", "last", "wrong"])
    if form == "number":
        value = draw.choice([5, -2])
    else:
        wanted = {"whole": shape, "last": shape[-1:], "wrong": (*shape, 2)}[form]
        value = {"ref": p.new(wanted, dtype, dtype == "float32" and draw.random() < 0.5)}
    p.call(on, "indexPut_", indices, value, *([{"accumulate": True}] if accumulate else []), keep=False)


# --- how it runs --------------------------------------------------------------------------------------------------


def at(x, indices):
    return x[tuple(python_index(index) for index in indices)]


def index_put(x, indices, value, options=None):
    if options is None:
        x[tuple(python_index(index) for index in indices)] = value
    else:
        value = value if isinstance(value, torch.Tensor) else torch.tensor(value, dtype=x.dtype)
        x.index_put_(tuple(python_index(index) for index in indices), value, accumulate=True)


def execute(row, tensors):
    if "new" in row:
        dtype = torch.float32 if row["dtype"] == "float32" else torch.int64
        tensors[row["as"]] = (
            torch.tensor(row["new"], dtype=dtype).view(row["shape"]).clone().requires_grad_(row["leaf"])
        )
        return
    x, args = (
        tensors[row["of"]],
        [tensors[arg["ref"]] if isinstance(arg, dict) and "ref" in arg else arg for arg in row["args"]],
    )
    with torch.set_grad_enabled("noGrad" not in row):
        if row["call"] == "index":
            result = at(x, args)
        elif row["call"] == "indexPut_":
            result = index_put(x, *args)
        else:
            result = getattr(x, snake_case(row["call"]))(*args)
    if row["as"] is not None:
        tensors[row["as"]] = result[row["output"]] if "output" in row else result


def run(rows):
    tensors, error = {}, None
    try:
        for row in rows:
            execute(row, tensors)
        error = differentiate(tensors)
    except (RuntimeError, IndexError, ValueError) as refused:
        error = str(refused)
    outcome = {"steps": rows, "values": {name: encode_tensor(x) for name, x in tensors.items()}}
    if error is not None:
        return outcome | {"error": error.split(" Hint:")[0]}
    leaves = {name: x.grad for name, x in tensors.items() if x.grad_fn is None and x.requires_grad}
    return outcome | {"grads": {name: None if grad is None else encode_tensor(grad) for name, grad in leaves.items()}}


def differentiate(tensors):
    """Every tensor with a graph, each element with a weight of its own."""
    total = sum(
        (x * ((torch.arange(x.numel()).view(x.shape) + 1) / 8)).sum()
        for x in list(tensors.values())
        if x.requires_grad and x.is_floating_point()
    )
    if isinstance(total, torch.Tensor) and total.requires_grad:
        total.backward()
