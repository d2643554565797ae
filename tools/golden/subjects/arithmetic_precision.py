"""Every function of one operand where an absolute tolerance sees nothing: near 0, beside 1, and in the tails."""

from inputs import given
from subjects import ops
from subjects.ops_arithmetic import POSITIVE, UNARY, unnamed

SMALL = (1e-30, 1e-8, 1e-4, 0.01, 0.3, 0.7)
ORDINARY = (1.5, 2.5, 5.0, 15.0, 30.0, 80.0)
BESIDE_ONE = (0.9999999403953552, 1.0000001192092896, 0.999, 1.001, 0.85, 1.15)


def rows():
    names = sorted({*UNARY, *POSITIVE, *(name for name, _ in unnamed())})
    found = []
    for name in names:
        for values in (SMALL, BESIDE_ONE, ORDINARY):
            negative = () if name in POSITIVE and name != "log1p" else [-value for value in values]
            if name == "log1p":
                negative = [value for value in negative if value > -1]
            found.append(ops.Case(name, given([*values, *negative]), grad=False).golden(len(found)))
    return found
