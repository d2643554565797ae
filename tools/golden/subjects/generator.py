"""The bits that torch.Generator gives, and the state it is left in."""

import hashlib

import torch

from encode import DTYPES, encode_data, message_of

SEEDS = (0, 1, 123, 42, 2**32 + 1, 2**40 + 5, -1, 2**63, 2**64 - 1)
NAMED_DTYPES = {name: dtype for dtype, name in DTYPES.items()}


class Recorder:
    """Draws from one generator, one after the other, and writes down what came."""

    def __init__(self, seed=None):
        self.generator = torch.Generator()
        if seed is not None:
            self.generator.manual_seed(seed)
        self.row = {"seed": encode_seed(self.generator.initial_seed()), "draws": []}

    def draw(self, name, draw, **arguments):
        values = draw(self.generator)
        self.row["draws"].append({"draw": name, **arguments, **encode_values(values)})

    def rand(self, count):
        self.draw("rand", lambda g: torch.rand(count, generator=g), count=count)

    def uniform(self, count, low, high, **named):
        draw = torch.empty(count, **typed(named))
        arguments = {"count": count, "low": low, "high": high, **named}
        self.draw("uniform_", lambda g: draw.uniform_(low, high, generator=g), **arguments)

    def randn(self, count):
        self.draw("randn", lambda g: torch.randn(count, generator=g), count=count)

    def normal(self, count, mean, std, **named):
        draw = torch.empty(count, **typed(named))
        arguments = {"count": count, "mean": mean, "std": std, **named}
        self.draw("normal_", lambda g: draw.normal_(mean, std, generator=g), **arguments)

    def randint(self, count, low, high, **named):
        arguments = {"count": count, "low": low, "high": high, **named}
        self.draw("randint", lambda g: torch.randint(low, high, (count,), generator=g, **typed(named)), **arguments)

    def random(self, count, dtype):
        draw = torch.empty(count, dtype=NAMED_DTYPES[dtype])
        self.draw("random_", lambda g: draw.random_(generator=g), count=count, dtype=dtype)

    def randperm(self, count):
        self.draw("randperm", lambda g: torch.randperm(count, generator=g), count=count)

    def bernoulli(self, count, p):
        draw = torch.empty(count)
        self.draw("bernoulli_", lambda g: draw.bernoulli_(p, generator=g).bool(), count=count, p=p)

    def bernoulli_each(self, probabilities):
        p = torch.tensor(probabilities)
        self.draw("bernoulli", lambda g: torch.bernoulli(p, generator=g).bool(), probabilities=probabilities)

    def exponential(self, count, rate):
        draw = torch.empty(count)
        self.draw("exponential_", lambda g: draw.exponential_(rate, generator=g), count=count, **{"lambda": rate})

    def multinomial(self, weights, samples, replacement):
        w = torch.tensor(weights)
        arguments = {"weights": weights, "numSamples": samples, "replacement": replacement}
        self.draw("multinomial", lambda g: torch.multinomial(w, samples, replacement, generator=g), **arguments)

    def done(self):
        state = bytes(self.generator.get_state().tolist())
        self.row["state"] = {
            "bytes": len(state),
            "sha256": digest(state),
            "head": state[:48].hex(),
            "tail": state[-64:].hex(),
        }
        return self.row


def typed(named):
    return {key: NAMED_DTYPES[value] for key, value in named.items()}


def encode_seed(seed):
    return seed if abs(seed) < 2**53 else str(seed)


def digest(content):
    return hashlib.sha256(content).hexdigest()


def encode_values(values):
    """All numbers up to 60; of more, the first and last eight and the checksum of the little-endian bytes."""
    if values.dtype == torch.int64 and values.numel() and values.abs().max() >= 2**53:
        return {"data": [str(value) for value in values.tolist()]}
    if values.numel() <= 60:
        return {"data": encode_data(values)}
    stored = values.to(torch.int32) if values.dtype == torch.int64 else values
    sums = {"sum": values.double().sum().item(), "squares": values.double().square().sum().item()}
    ends = {"first": encode_data(values[:8]), "last": encode_data(values[-8:])}
    return {**ends, **sums, "sha256": digest(stored.numpy().tobytes())}


def uniforms(seed):
    recorder = Recorder(seed)
    for count in (5, 1, 3, 0, 17):
        recorder.rand(count)
    recorder.rand(1000)
    recorder.uniform(6, -1, 1)
    recorder.uniform(6, -0.0357142857142857, 0.0357142857142857)
    recorder.uniform(6, 0.25, 0.75)
    recorder.uniform(6, 1000, 1001)
    return recorder.done()


def integers(seed):
    recorder = Recorder(seed)
    for low, high in ((0, 10), (-5, 5), (0, 1), (0, 2), (0, 256), (7, 1000007), (0, 2**24 + 1)):
        recorder.randint(8, low, high)
    for low, high in ((0, 2**28 - 1), (0, 2**28), (0, 2**30 + 1), (-(2**31), 2**31 - 1)):
        recorder.randint(4, low, high)
    for dtype in ("float32", "int32", "uint8", "bool", "int64"):
        recorder.random(6, dtype)
    for count in (10, 1, 0, 2, 59, 1000):
        recorder.randperm(count)
    return recorder.done()


def normals(seed):
    recorder = Recorder(seed)
    for count in (1, 2, 3, 3, 1):  # an odd count leaves a number for the next call
        recorder.randn(count)
    recorder.rand(1)
    recorder.randn(1)
    recorder.normal(5, 2, 0.5)
    recorder.normal(20, -1, 3)
    recorder.randn(1)
    recorder.randn(1000)
    return recorder.done()


def normals_of_size(count):
    recorder = Recorder(123)
    recorder.randn(count)
    recorder.randn(2)
    return recorder.done()


def of_other_dtypes(seed):
    """Doubles have 53 bits of two draws each, halves as many bits as they hold."""
    recorder = Recorder(seed)
    for dtype in ("float64", "float16", "bfloat16"):
        recorder.uniform(7, 0, 1, dtype=dtype)
        recorder.uniform(7, -0.3, 0.7, dtype=dtype)
        for count in (1, 3, 5, 16, 20, 33):
            recorder.normal(count, 1, 3, dtype=dtype)
        recorder.random(6, dtype)
    for dtype in ("int8", "int16", "int32", "int64", "float64"):
        recorder.randint(6, -100, 100, dtype=dtype)
    for dtype in ("int8", "int16"):
        recorder.random(6, dtype)
    recorder.randint(6, 0, 2**53 - 1)
    recorder.randint(6, -(2**40), 2**33)
    return recorder.done()


def choices(seed):
    recorder = Recorder(seed)
    for p in (0.5, 0.1, 0.9, 0, 1):
        recorder.bernoulli(12, p)
    recorder.bernoulli(1000, 0.8)
    recorder.bernoulli_each([0.1, 0.5, 0.9, 0.0, 1.0, 0.5, 0.5, 0.25])
    recorder.exponential(6, 1)
    recorder.exponential(20, 2.5)
    weights = [0.1, 0.2, 3.0, 0.0, 0.5]
    for samples, replacement in ((10, True), (1, True), (1, False), (4, False)):
        recorder.multinomial(weights, samples, replacement)
    recorder.multinomial([[1.0, 1.0], [0.0, 5.0], [3.0, 1.0]], 4, True)
    recorder.multinomial([[1.0, 1.0, 2.0], [0.5, 5.0, 1.0]], 2, False)
    return recorder.done()


def unseeded():
    recorder = Recorder()
    recorder.rand(5)
    return recorder.done()


def training():
    """What a training run draws: layers, the loader's base seed, the sampler's seed and its permutation."""
    recorder = Recorder(123)
    recorder.uniform(784 * 128, -1 / 28, 1 / 28)
    recorder.uniform(128, -1 / 28, 1 / 28)
    recorder.random(1, "int64")
    recorder.random(1, "int64")
    recorder.randperm(60000)
    return recorder.done()


def reseeded():
    """A seed forgets the cached normal; a state brings it back."""
    generator = torch.Generator().manual_seed(5)
    torch.randn(1, generator=generator)
    kept = generator.get_state()
    second = torch.randn(3, generator=generator)
    generator.set_state(kept)
    again = torch.randn(3, generator=generator)
    generator.manual_seed(5)
    fresh = torch.randn(3, generator=generator)
    return {
        "seed": 5,
        "afterOne": encode_data(second),
        "afterSetState": encode_data(again),
        "afterSeed": encode_data(fresh),
    }


def errors():
    generator = torch.Generator()
    x = torch.empty(3)
    mistakes = {
        "uniform_(1, 0)": lambda: x.uniform_(1, 0),
        "normal_(0, -1)": lambda: x.normal_(0, -1),
        "bernoulli_(1.5)": lambda: x.bernoulli_(1.5),
        "bernoulli([2])": lambda: torch.bernoulli(torch.tensor([2.0])),
        "exponential_(0)": lambda: x.exponential_(0),
        "randint(5, 5, [1])": lambda: torch.randint(5, 5, (1,)),
        "random_(3, 3)": lambda: x.random_(3, 3),
        "random_(0, 300) of uint8": lambda: torch.empty(3, dtype=torch.uint8).random_(0, 300),
        "randperm(-1)": lambda: torch.randperm(-1),
        "multinomial(x, 0)": lambda: torch.multinomial(torch.ones(3), 0),
        "multinomial(3 weights, 4)": lambda: torch.multinomial(torch.ones(3), 4),
        "multinomial(zeros, 1)": lambda: torch.multinomial(torch.zeros(3), 1),
        "multinomial([-1, 2], 1)": lambda: torch.multinomial(torch.tensor([-1.0, 2.0]), 1),
        "multinomial(nan, 1)": lambda: torch.multinomial(torch.tensor([float("nan"), 2.0]), 1),
        "multinomial(int, 1)": lambda: torch.multinomial(torch.tensor([1, 2]), 1),
        "multinomial(0-d, 1)": lambda: torch.multinomial(torch.tensor(1.0), 1),
        "manualSeed(2**64)": lambda: generator.manual_seed(2**64),
        "manualSeed(-2**63-1)": lambda: generator.manual_seed(-(2**63) - 1),
        "setState(10 bytes)": lambda: generator.set_state(torch.zeros(10, dtype=torch.uint8)),
    }
    return [{"call": call, **message_of(mistake)} for call, mistake in mistakes.items()]


def golden():
    return {
        "sequences": [draw(seed) for seed in SEEDS for draw in (uniforms, integers, normals, choices)]
        + [normals_of_size(count) for count in range(1, 41)]
        + [of_other_dtypes(seed) for seed in (0, 123)]
        + [unseeded(), training()],
        "reseeded": [reseeded()],
        "errors": errors(),
    }
