"""
Random float32 numbers as PyTorch draws them on a processor with AVX2, which is what its users see, computed on any processor.

AVX2's compilers join a product and the sum that follows into one rounding, and `normal_` uses the Cephes library's logarithm, sine and
cosine. Plain x86 and ARM draw the same bits and differ in the last digit.
"""

import math

import numpy as np
import torch

aten = torch.ops.aten
BLOCK = 16


def single(x):
    return np.asarray(x, dtype=np.float32)


def fused(a, b, c):
    """`a * b + c` of float32, rounded once: the product is exact in float64, and the sum is rounded to odd there."""
    product = np.asarray(a, dtype=np.float64) * np.asarray(b, dtype=np.float64)
    addend = np.asarray(c, dtype=np.float64)
    total = product + addend
    shadow = total - product
    lost = (product - (total - shadow)) + (addend - shadow)
    is_even = (np.atleast_1d(total).view(np.int64).reshape(np.shape(total)) & 1) == 0
    odd = np.where((lost != 0) & is_even, np.nextafter(total, np.where(lost > 0, np.inf, -np.inf)), total)
    return single(odd)


# S. Moshier's Cephes library (logf.c, sinf.c), in the version of J. Pommier and G. Garberoglio that PyTorch has.
LOG = single([
    7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
    2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
])  # fmt: skip
LN2_LOW, LN2_HIGH = single(-2.1219444e-4), single(0.693359375)
MINUS_PI_4 = single([-0.78515625, -2.4187564849853516e-4, -3.774894977445941e-8])
SIN = single([-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1])
COS = single([2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2])


def logarithm(x):
    mantissa, exponent = np.frexp(x)
    below = mantissa < single(math.sqrt(0.5))
    exponent = single(exponent - below)
    m = np.where(below, single(mantissa - 1) + mantissa, mantissa - 1)
    square = m * m
    y = LOG[0]
    for coefficient in LOG[1:]:
        y = fused(y, m, coefficient)
    y = fused(y * m, square, exponent * LN2_LOW)
    y = fused(square, single(-0.5), y)
    return fused(exponent, LN2_HIGH, m + y)


def sine_and_cosine(x):
    octant = ((x * single(4 / math.pi)).astype(np.int32) + 1) & ~1
    r = x
    for part in MINUS_PI_4:
        r = fused(octant, part, r)
    square = r * r
    c = fused(fused(COS[0], square, COS[1]), square, COS[2]) * square
    cosine = fused(c, square, single(-0.5) * square) + single(1)
    s = fused(fused(SIN[0], square, SIN[1]), square, SIN[2]) * square
    sine = fused(s, r, r)
    swap, up = (octant & 2) != 0, (octant & 4) == 0
    return (
        np.where(up, 1, -1) * np.where(swap, cosine, sine),
        np.where(up == swap, -1, 1) * np.where(swap, sine, cosine),
    )


def box_muller(block, mean, std):
    """Normals of 16 uniform numbers: eight radii, eight angles."""
    u, v = single(1) - block[:8], block[8:]
    radius = np.sqrt(single(-2) * logarithm(u))
    sine, cosine = sine_and_cosine(single(2 * math.pi) * v)
    both = np.concatenate([single(radius * single(cosine)), single(radius * single(sine))])
    return fused(both, single(std), single(mean))


def uniform(out, low=0.0, high=1.0, *, generator):
    numbers = torch.empty(out.shape).uniform_(generator=generator).numpy()
    low, high = single(low), single(high)
    values = fused(numbers, high - low, low)
    return np.where(values == high, low, values)


def normal(out, mean=0.0, std=1.0, *, generator):
    flat = torch.empty(out.numel()).uniform_(generator=generator).numpy()
    blocks = [box_muller(flat[at : at + BLOCK], mean, std) for at in range(0, len(flat) - BLOCK + 1, BLOCK)]
    if len(flat) % BLOCK:
        # The last 16 are drawn afresh, over the end of the last block.
        again = torch.empty(BLOCK).uniform_(generator=generator).numpy()
        blocks = [np.concatenate(blocks)[: len(flat) - BLOCK], box_muller(again, mean, std)]
    return np.concatenate(blocks).reshape(out.shape)


def redrawn(draw, smallest=1, takes_tensor=True):
    """The operator, which checks its arguments and draws, and then `draw` from the same state, over what it has drawn."""

    def run(operator, *args, generator=None, **kwargs):
        source = generator or torch.default_generator
        before = source.get_state()
        out = operator(*args, **kwargs, **({} if generator is None else {"generator": generator}))
        if out.dtype != torch.float32 or out.numel() < smallest:
            return out
        after = source.get_state()
        source.set_state(before)
        values = torch.from_numpy(single(draw(out, *(args[1:] if takes_tensor else ()), generator=source)))
        assert torch.equal(source.get_state(), after), f"{operator} has drawn something else"
        assert torch.allclose(values, out, rtol=1e-4, atol=1e-5), f"{operator} draws other numbers"
        return out.copy_(values)

    return run


# Fewer than 16 normals are drawn one by one in float64, which rounds to the same float32 everywhere.
DRAWN = {
    aten.uniform_.default: redrawn(uniform),
    aten.normal_.default: redrawn(normal, BLOCK),
    aten.randn.default: redrawn(normal, BLOCK, takes_tensor=False),
    aten.randn.generator: redrawn(normal, BLOCK, takes_tensor=False),
    aten.randn_like.default: redrawn(normal, BLOCK, takes_tensor=False),
}
