"""How a call of PyTorch is written in Kindling, for the ops that have samples in op_db: parameters in PyTorch's order.

`x` positional; `x#` a number, and no tensor; `{x y}` in the options object; `-x` not there; `~x` makes no difference.
"""

import re

import torch

import encode
from keep import camel_case

OTHER = "other"
REDUCED = "dim {keepdim}"
FORMS = {
    "add": "other {alpha}", "sub": "other {alpha}", "mul": OTHER, "div": "other {rounding_mode}", "pow": "exponent",
    "remainder": OTHER, "round": "{decimals}", "maximum": OTHER, "minimum": OTHER, "eq": OTHER, "ne": OTHER, "lt": OTHER, "le": OTHER, "gt": OTHER, "ge": OTHER,
    "logical_and": OTHER, "logical_or": OTHER, "equal": OTHER, "allclose": "other {rtol atol equal_nan}",
    "clamp": "min max", "clamp_min": OTHER, "clamp_max": OTHER, "masked_fill": "mask value", "masked_select": "mask", "where": "input other",
    "sum": "dim {keepdim dtype}", "mean": "dim {keepdim dtype}", "prod": "dim {keepdim dtype}",
    "var": "dim {unbiased correction keepdim}", "std": "dim {unbiased correction keepdim}", "norm": "p# dim {keepdim dtype}",
    "logsumexp": REDUCED, "amax": REDUCED, "amin": REDUCED, "max": REDUCED, "min": REDUCED, "argmax": REDUCED, "argmin": REDUCED,
    "all": REDUCED, "any": REDUCED, "cumsum": "dim {dtype}", "softmax": "dim {dtype}", "log_softmax": "dim {dtype}",
    "sort": "dim {descending} ~stable", "argsort": "dim {descending} ~stable", "topk": "k dim {largest} ~sorted",
    "matmul": OTHER, "mm": OTHER, "bmm": OTHER, "mv": OTHER, "dot": OTHER, "outer": OTHER,
    "flatten": "start_dim end_dim", "unflatten": "dim sizes", "squeeze": "dim", "unsqueeze": "dim", "transpose": "dim0 dim1",
    "permute": "dims", "expand": "shape", "expand_as": OTHER, "repeat": "repeats", "flip": "dims", "reshape": "shape", "view": "shape", "t": "",
    "cat": "dim", "stack": "dim", "split": "size dim", "chunk": "chunks dim", "unbind": "dim", "select": "dim index",
    "narrow": "dim start length", "diagonal": "offset dim1 dim2", "unfold": "dimension size step", "movedim": "source destination",
    "view_as": OTHER, "reshape_as": OTHER, "select_scatter": "src dim index", "slice_scatter": "src dim start end step", "diagonal_scatter": "src offset dim1 dim2", "gather": "dim index ~sparse_grad", "index_select": "dim index", "nonzero": "{as_tuple}", "__getitem__": "index",
    "zeros": "size {dtype}", "ones": "size {dtype}", "full": "size fill_value# {dtype}", "eye": "n m {dtype}", "linspace": "start# end# steps# {dtype}",
    "arange": "start end step {dtype}", "zeros_like": "{dtype}", "ones_like": "{dtype}", "full_like": "fill_value# {dtype}",
    "bool": "", "float": "", "int": "", "byte": "", "double": "", "half": "", "bfloat16": "", "long": "", "short": "", "char": "", "clone": "", "contiguous": "",
    "nn.functional.linear": "weight bias", "nn.functional.embedding": "weight {padding_idx max_norm norm_type} -scale_grad_by_freq -sparse",
    "nn.functional.one_hot": "num_classes", "nn.functional.pad": "pad -mode {value#}", "nn.functional.relu": "~inplace",
    "nn.functional.conv1d": "weight bias {stride padding dilation groups}", "nn.functional.conv2d": "weight bias {stride padding dilation groups}",
    "nn.functional.conv_transpose2d": "weight bias {stride padding output_padding groups dilation}",
    "nn.functional.max_pool2d": "kernel_size {stride padding dilation ceil_mode return_indices}",
    "nn.functional.avg_pool2d": "kernel_size {stride padding ceil_mode count_include_pad divisor_override}",
    "nn.functional.adaptive_avg_pool2d": "output_size",
}  # fmt: skip
LISTS = {"cat", "stack"}
CREATING = {"zeros", "ones", "full", "eye", "linspace", "arange"}
SIZES = {"permute", "expand", "repeat", "flip", "reshape", "view"}

# Samples that Kindling refuses, and why: by op and dtype. The laws say when it no longer does.
REFUSED = {("nn.functional.avg_pool2d", torch.int64): "averages of integers"}

# Of equals, PyTorch leaves open which comes first.
OPEN_TIES = {"sort", "argsort", "topk"}

# Why an op that Kindling has is not sampled.
ELSEWHERE = {
    **dict.fromkeys(("empty", "empty_like"), "what is in it is left open"),
    **dict.fromkeys(
        ("rand_like", "randint", "randint_like", "randn", "randn_like"), "generator.golden.json has what is drawn"
    ),
    **dict.fromkeys(
        ("bernoulli", "multinomial", "normal", "uniform", "exponential"), "generator.golden.json has what is drawn"
    ),
    "fill": "only fill_ is here: indexing.golden.json and the view programs have it",
    "index_put": "its indices are a list: indexing.golden.json and the view programs have it",
    "nn.functional.unfold": "patches of images, another function than that of tensors",
    **dict.fromkeys(("new_empty", "new_full", "new_ones", "new_zeros"), "those of zeros_like and the like, with sizes"),
    "item": "a number, not a tensor",
    "to": "sampled as bool, byte, float, int and the like",
    "zero_": "its samples are those of zeros_like",
}
INERT = {"memory_format", "layout", "pin_memory", "device", "non_blocking", "copy", "requires_grad"}
DTYPES = encode.DTYPES


class Refused(Exception):
    """A form that Kindling does not have."""


def kindling_name(name):
    return "index" if name == "__getitem__" else camel_case(name.removeprefix("nn.functional."))


def parse(form):
    """[(parameter, where)]: where is "" for positional, "{" for an option, "-" or "~"; and which are numbers."""
    parameters, where, numbers = [], "", set()
    for word in form.split():
        if word.startswith("{"):
            where, word = "{", word[1:]
        ends = word.endswith("}")
        name = word.strip("-~}").removesuffix("#")
        if word.rstrip("}").endswith("#"):
            numbers.add(name)
        parameters.append((name, word[0] if word[0] in "-~" else where))
        where = "" if ends else where
    return parameters, numbers


def call_of(name, form, sample):
    """A sample as `(tensors, args)` of a golden case; `{"input": k}` among the args stands for a tensor."""
    first, given = sample.input, list(sample.args)
    if name == "where":
        first, given = given[0], [first, *given[1:]]
    if name == "nn.functional.embedding":
        first, given = given[0], [first, *given[1:]]
    if name in CREATING:
        given = [first, *given]
        first = []
    if name in SIZES and given and not isinstance(given[0], (tuple, list)):
        given = [tuple(given)]
    if name in ("var", "std") and given and isinstance(given[0], bool):
        given = [None, *given]
    tensors = list(first) if isinstance(first, (tuple, list)) else [first]
    if not all(isinstance(x, torch.Tensor) for x in tensors):
        raise Refused("the first argument is no tensor")
    if name == "__getitem__":
        index = given[0] if isinstance(given[0], tuple) else (given[0],)
        return tensors, [encode_index(one, tensors) for one in index]
    parameters, numbers = parse(form)
    if len(given) > len(parameters):
        raise Refused(f"takes no {len(given)} arguments")
    named = {parameter: value for (parameter, _), value in zip(parameters, given)}
    named |= {key: value for key, value in sample.kwargs.items() if key not in INERT}
    return tensors, arguments(name, named, parameters, numbers, tensors)


def arguments(name, named, parameters, numbers, tensors):
    args, options = [], {}
    absent, in_front = None, True
    if name in ("max", "min") and "other" in named:
        named["dim"] = named.pop("other")
    for parameter, where in parameters:
        value = named.pop(parameter, None)
        if value is None or where == "~":
            absent = absent or (parameter if where == "" else None)
            in_front = in_front and where != ""
            continue
        if where == "-" and (parameter, value) != ("mode", "constant"):
            raise Refused(f"has no {parameter}")
        if where == "-":
            continue
        if parameter in numbers and (isinstance(value, (torch.Tensor, bool)) or not isinstance(value, (int, float))):
            raise Refused(f"{parameter} is a number, not a {type(value).__name__}")
        if where == "{":
            key, option = camel_case(parameter), encode(value)
            if parameter == "unbiased":
                key, option = "correction", int(value)
            if parameter in ("rtol", "atol") or option != []:  # a stride of () is the kernel's
                options[key] = option
        elif absent:
            raise Refused(f"has no {parameter} without {absent}")
        elif isinstance(value, torch.Tensor):
            tensors.append(value)
            if not (in_front and not args):
                args.append({"input": len(tensors) - 1})
        else:
            args.append(encode(value))
    if named:
        raise Refused(f"has no {', '.join(sorted(named))}")
    # A bias that is not given is null before options.
    return [*args, *([None] if absent == "bias" else []), options] if options else args


def encode(value):
    if isinstance(value, torch.dtype):
        if value not in DTYPES:
            raise Refused(f"there is no {value}")
        return DTYPES[value]
    if isinstance(value, (tuple, list)):
        return [encode(one) for one in value]
    if isinstance(value, (bool, str)) or value is None:
        return value
    if isinstance(value, (int, float)):
        if value != value or abs(value) == float("inf") or abs(value) > 2**53:
            raise Refused(f"{value} is no number of JSON")
        return value
    raise Refused(f"takes no {type(value).__name__}")


def encode_index(one, tensors):
    if isinstance(one, torch.Tensor):
        tensors.append(one)
        return {"input": len(tensors) - 1}
    if isinstance(one, slice):
        parts = [one.start, one.stop] + ([one.step] if one.step is not None else [])
        return ":".join("" if part is None else str(part) for part in parts)
    if one is Ellipsis:
        return "..."
    if isinstance(one, (bool, list)):
        raise Refused(f"an index is no {type(one).__name__}")
    return encode(one)


def exported(path):
    """The names that a TypeScript module exports, those of what it exports whole among them."""
    source = path.read_text(encoding="utf-8")
    names = set(re.findall(r"\w+", " ".join(re.findall(r"export \{([^}]*)\}", source))))
    names |= set(re.findall(r"^export (?:const|function) (\w+)", source, re.MULTILINE))
    return names.union(
        *(exported(path.parent / other) for other in re.findall(r'^export \* from "([^"]+)"', source, re.MULTILINE))
    )
