"""Inputs of a case: each is a function of a random source, so that a case can be drawn from its own seed."""

import math
import random
import zlib

import torch


def floats(*shape, low=-2.0, high=2.0):
    """Two decimals, all different as far as the range allows."""

    def draw(source):
        count, first, last = math.prod(shape), round(low * 100), round(high * 100)
        values = (
            source.sample(range(first, last + 1), count)
            if count <= last - first
            else source.choices(range(first, last), k=count)
        )
        return torch.tensor([value / 100 for value in values], dtype=torch.float32).reshape(shape)

    return draw


def positive(*shape):
    return floats(*shape, low=0.1, high=3.0)


def ints(*shape, low=-5, high=9, dtype=torch.int64):
    def draw(source):
        values = [source.randint(low, high) for _ in range(math.prod(shape))]
        return torch.tensor(values, dtype=dtype).reshape(shape)

    return draw


def small_bytes(*shape):
    return ints(*shape, low=0, high=9, dtype=torch.uint8)


def bools(*shape):
    return ints(*shape, low=0, high=1, dtype=torch.bool)


def given(data, dtype=torch.float32):
    return lambda source: torch.tensor(data, dtype=dtype)


SPECIAL = given([float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1.0, -1.5, 0.5, 100.0])


def source_for(*seed):
    return random.Random(zlib.crc32(repr(seed).encode()))
