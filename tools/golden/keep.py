"""Keeps what has not changed: the last digits of PyTorch's answers depend on the processor that computes them."""

import re
from collections import defaultdict

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
RELATIVE, ABSOLUTE = 1e-5, 1e-6


def keep_unchanged(old, new):
    """`new`, with each line that says the same as a line of `old`, up to rounding, as it stands there."""
    candidates = defaultdict(list)
    for line in old.splitlines(keepends=True):
        candidates[NUMBER.sub("#", line)].append(line)
    return "".join(unchanged(line, candidates[NUMBER.sub("#", line)]) for line in new.splitlines(keepends=True))


def unchanged(line, candidates):
    found = line if line in candidates else next((one for one in candidates if is_close(one, line)), None)
    if found is None:
        return line
    candidates.remove(found)
    return found


def is_close(one, other):
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(a == b or close(float(a), float(b)) for a, b in pairs)


def close(a, b):
    return abs(a - b) <= max(ABSOLUTE, RELATIVE * max(abs(a), abs(b)))
