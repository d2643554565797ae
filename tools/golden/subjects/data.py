"""The order in which PyTorch's DataLoader and samplers give samples, splits, and mistakes."""

import torch
from torch.utils import data
from torch.utils.data import DataLoader

from encode import encode_data, encode_tensor, message_of


def numbers(count):
    return data.TensorDataset(torch.arange(count))


def epochs_of(loader, epochs, stop_after=None):
    """The batches of each epoch; with `stop_after`, an epoch is left early."""
    result = []
    for _ in range(epochs):
        batches = []
        for (batch,) in loader:
            batches.append(batch.tolist())
            if stop_after is not None and len(batches) == stop_after:
                break
        result.append(batches)
    return result


def order(seed, count, epochs=2, generator_seed=None, stop_after=None, **options):
    """Ends with a draw from the default generator, which shows how much the loader has taken from it."""
    torch.manual_seed(seed)
    generator = None if generator_seed is None else torch.Generator().manual_seed(generator_seed)
    loader = DataLoader(numbers(count), generator=generator, **options)
    row = {"seed": seed, "count": count, "options": camel(options)}
    row |= {} if generator_seed is None else {"generatorSeed": generator_seed}
    row |= {} if stop_after is None else {"stopAfter": stop_after}
    row |= {"length": len(loader), "epochs": epochs_of(loader, epochs, stop_after), "then": encode_data(torch.rand(2))}
    return row | ({} if generator is None else {"generatorThen": encode_data(torch.rand(2, generator=generator))})


def camel(options):
    names = {"batch_size": "batchSize", "drop_last": "dropLast"}
    return {names.get(key, key): value for key, value in options.items()}


def orders():
    for seed in (0, 123, 2**40 + 5):
        yield order(seed, 10, batch_size=4, shuffle=True, epochs=3)
        yield order(seed, 10, batch_size=4, shuffle=True, drop_last=True)
        yield order(seed, 10, batch_size=4)
        yield order(seed, 10, batch_size=4, shuffle=True, generator_seed=0, epochs=3)
        yield order(seed, 10, batch_size=3, shuffle=False, generator_seed=7)
    yield order(0, 10)
    yield order(0, 3, batch_size=5, shuffle=True)
    yield order(0, 3, batch_size=5, shuffle=True, drop_last=True)
    yield order(0, 10, batch_size=5, shuffle=True, drop_last=True)
    yield order(0, 1, batch_size=1, shuffle=True)
    yield order(0, 0, batch_size=4)
    yield order(0, 10, batch_size=4, shuffle=True, stop_after=1, epochs=3)
    yield order(0, 10, batch_size=4, shuffle=True, stop_after=1, generator_seed=0, epochs=3)
    yield order(0, 12, batch_size=4, shuffle=True, stop_after=3, generator_seed=0, epochs=3)  # all batches, not the end
    yield order(0, 100, batch_size=33, shuffle=True, epochs=1)


def interleaved():
    """Two iterators of one loader at once."""
    torch.manual_seed(0)
    loader = DataLoader(numbers(6), batch_size=2, shuffle=True)
    first, second, taken = iter(loader), iter(loader), []
    for iterator in (second, first, first, second, first, second):
        taken.append(next(iterator)[0].tolist())
    return {"seed": 0, "count": 6, "batchSize": 2, "turns": [2, 1, 1, 2, 1, 2], "taken": taken}


def sampler_cases():
    ten = range(10)
    yield "new SequentialSampler(5)", lambda g: data.SequentialSampler(range(5))
    yield "new RandomSampler(10)", lambda g: data.RandomSampler(ten, generator=g)
    yield "new RandomSampler(10, { numSamples: 4 })", lambda g: data.RandomSampler(ten, num_samples=4, generator=g)
    yield "new RandomSampler(10, { numSamples: 25 })", lambda g: data.RandomSampler(ten, num_samples=25, generator=g)
    yield "new RandomSampler(10, { replacement: true })", lambda g: data.RandomSampler(ten, True, generator=g)
    yield (
        "new RandomSampler(10, { replacement: true, numSamples: 70 })",
        lambda g: data.RandomSampler(ten, True, num_samples=70, generator=g),
    )
    yield "new SubsetRandomSampler([5, 3, 8, 1])", lambda g: data.SubsetRandomSampler([5, 3, 8, 1], generator=g)
    weights = [0.1, 0.9, 0.4, 0.7, 3.0, 0.6]
    yield (
        "new WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 8)",
        lambda g: data.WeightedRandomSampler(weights, 8, generator=g),
    )
    yield (
        "new WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 5, { replacement: false })",
        lambda g: data.WeightedRandomSampler(weights, 5, replacement=False, generator=g),
    )
    yield "new BatchSampler(new SequentialSampler(10), 3, false)", lambda g: data.BatchSampler(range(10), 3, False)
    yield "new BatchSampler(new SequentialSampler(10), 3, true)", lambda g: data.BatchSampler(range(10), 3, True)
    yield (
        "new BatchSampler(new RandomSampler(7), 2, false)",
        lambda g: data.BatchSampler(data.RandomSampler(range(7), generator=g), 2, False),
    )


def sampler_row(code, make, seed, own_generator):
    """Two passes, with the default generator or with one of the sampler's own."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed) if own_generator else None
    sampler = make(generator)
    row = {"sampler": code, "seed": seed, "generator": own_generator, "length": len(sampler)}
    return row | {"passes": [list(sampler), list(sampler)], "then": encode_data(torch.rand(1))}


def samplers():
    for code, make in sampler_cases():
        for own_generator in (False, True) if "Random" in code else (False,):
            for seed in (0, 123):
                yield sampler_row(code, make, seed, own_generator)


def distributed():
    for count, replicas, shuffle, drop_last, epoch in (
        (10, 3, False, False, 0), (10, 3, True, False, 0), (10, 3, True, False, 1), (10, 3, True, True, 0), (2, 5, False, False, 0),
    ):  # fmt: skip
        ranks = []
        for rank in range(replicas):
            sampler = data.DistributedSampler(range(count), replicas, rank, shuffle, drop_last=drop_last)
            sampler.set_epoch(epoch)
            ranks.append(list(sampler))
        yield {
            "count": count,
            "replicas": replicas,
            "shuffle": shuffle,
            "dropLast": drop_last,
            "epoch": epoch,
            "ranks": ranks,
        }


def splits():
    for seed, count, lengths in (
        (42, 10, [7, 3]), (0, 10, [5, 5]), (0, 99, [0.8, 0.2]), (7, 10, [0.5, 0.3, 0.2]), (7, 10, [1 / 3, 1 / 3, 1 / 3]),
        (1, 5, [5, 0]), (1, 4, [0.0, 1.0]), (3, 7, [0.9, 0.1]),
    ):  # fmt: skip
        torch.manual_seed(seed)
        parts = data.random_split(range(count), lengths)
        with_own = data.random_split(range(count), lengths, torch.Generator().manual_seed(seed))
        assert [list(part) for part in parts] == [list(part) for part in with_own]
        yield {"seed": seed, "count": count, "lengths": lengths, "indices": [part.indices for part in parts]}


def collated():
    """A batch of samples [image, label] becomes images and labels."""
    samples = [(torch.tensor([[0.5, 1.0]]), 3), (torch.tensor([[2.0, -1.0]]), 1)]
    images, labels = data.default_collate(samples)
    yield {
        "samples": [[encode_tensor(x), y] for x, y in samples],
        "batch": [encode_tensor(images), encode_tensor(labels)],
    }
    yield {"samples": [1, 2, 3], "batch": encode_tensor(data.default_collate([1, 2, 3]))}
    yield {"samples": [True, False], "batch": encode_tensor(data.default_collate([True, False]))}
    yield {"samples": [0.5, 1.5], "batch": encode_tensor(data.default_collate([0.5, 1.5]).float())}
    yield {"samples": ["a", "b"], "batch": data.default_collate(["a", "b"])}
    yield {
        "samples": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}],
        "batch": {"a": encode_tensor(torch.tensor([1, 2])), "b": ["x", "y"]},
    }


class Stream(data.IterableDataset):
    def __iter__(self):
        return iter(range(10))


class SizedStream(Stream):
    def __len__(self):
        return 10


def streams():
    for options in ({"batch_size": 4}, {"batch_size": 4, "drop_last": True}, {"batch_size": 5}, {"batch_size": None}):
        loader = DataLoader(SizedStream(), **options)
        yield {
            "options": camel(options),
            "length": len(loader),
            "batches": [batch if isinstance(batch, int) else batch.tolist() for batch in loader],
        }


def loader_mistakes():
    ten, sampler = numbers(10), data.SequentialSampler(range(10))
    batches = data.BatchSampler(sampler, 2, False)
    for told, options in (
        ("{ numWorkers: -1 }", {"num_workers": -1}), ("{ timeout: -1 }", {"timeout": -1}),
        ("{ prefetchFactor: 2 }", {"prefetch_factor": 2}), ("{ numWorkers: 1, prefetchFactor: -1 }", {"num_workers": 1, "prefetch_factor": -1}),
        ("{ persistentWorkers: true }", {"persistent_workers": True}),
        ("{ sampler, shuffle: true }", {"sampler": sampler, "shuffle": True}),
        ("{ batchSampler, batchSize: 4 }", {"batch_sampler": batches, "batch_size": 4}),
        ("{ batchSampler, shuffle: true }", {"batch_sampler": batches, "shuffle": True}),
        ("{ batchSampler, sampler }", {"batch_sampler": batches, "sampler": sampler}),
        ("{ batchSampler, dropLast: true }", {"batch_sampler": batches, "drop_last": True}),
        ("{ batchSize: null, dropLast: true }", {"batch_size": None, "drop_last": True}),
        ("{ batchSize: 0 }", {"batch_size": 0}), ("{ batchSize: -1 }", {"batch_size": -1}), ("{ batchSize: 2.5 }", {"batch_size": 2.5}),
        ("{ dropLast: 'yes' }", {"drop_last": "yes"}),
    ):  # fmt: skip
        yield told, lambda options=options: DataLoader(ten, **options)
    yield "empty, { shuffle: true }", lambda: DataLoader(numbers(0), shuffle=True)
    yield "IterableDataset, { shuffle: true }", lambda: DataLoader(Stream(), shuffle=True)
    yield "IterableDataset, { sampler }", lambda: DataLoader(Stream(), sampler=[1, 2])
    yield "IterableDataset, { batchSampler }", lambda: DataLoader(Stream(), batch_sampler=[[1, 2]])
    yield "IterableDataset without a length: length", lambda: len(DataLoader(Stream()))
    for name in ("batch_size", "batch_sampler", "sampler", "drop_last", "dataset", "persistent_workers"):
        yield f"set {name}", lambda name=name: setattr(DataLoader(ten), name, 1)


def mistakes():
    yield from loader_mistakes()
    yield "RandomSampler replacement 1", lambda: data.RandomSampler(range(3), 1)
    yield "RandomSampler numSamples 0", lambda: data.RandomSampler(range(3), num_samples=0)
    yield "RandomSampler numSamples 1.5", lambda: data.RandomSampler(range(3), num_samples=1.5)
    yield "WeightedRandomSampler too many", lambda: list(data.WeightedRandomSampler([1.0, 1.0], 3, replacement=False))
    yield "WeightedRandomSampler numSamples 0", lambda: data.WeightedRandomSampler([1.0, 1.0], 0)
    yield "WeightedRandomSampler weights [[1]]", lambda: data.WeightedRandomSampler([[1.0]], 1)
    yield "BatchSampler batchSize 0", lambda: data.BatchSampler(range(3), 0, False)
    yield "DistributedSampler rank 3 of 3", lambda: data.DistributedSampler(range(3), 3, 3)
    yield "TensorDataset of sizes 2, 3", lambda: data.TensorDataset(torch.zeros(2), torch.zeros(3))
    yield "ConcatDataset([])", lambda: data.ConcatDataset([])
    yield "ConcatDataset of an IterableDataset", lambda: data.ConcatDataset([Stream()])
    yield "ConcatDataset index -11 of 10", lambda: data.ConcatDataset([numbers(10)])[-11]
    yield "randomSplit 10 into [5, 4]", lambda: data.random_split(range(10), [5, 4])
    yield "randomSplit 10 into [0.5, 0.6]", lambda: data.random_split(range(10), [0.5, 0.6])
    yield "randomSplit 10 into [-0.5, 1.5]", lambda: data.random_split(range(10), [-0.5, 1.5])
    yield (
        "collate of [1, 28, 28] and [1, 32, 32]",
        lambda: data.default_collate([torch.zeros(1, 28, 28), torch.zeros(1, 32, 32)]),
    )
    yield "collate of lists of 2 and 3", lambda: data.default_collate([[1, 2], [1, 2, 3]])
    yield "collate of null", lambda: data.default_collate([None])


def golden():
    return {
        "orders": list(orders()),
        "interleaved": [interleaved()],
        "samplers": list(samplers()),
        "distributed": list(distributed()),
        "randomSplit": list(splits()),
        "collate": list(collated()),
        "iterable": list(streams()),
        "errors": [{"call": call} | message_of(mistake) for call, mistake in mistakes()],
    }
