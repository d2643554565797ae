"""What Python's tqdm prints, as golden files of packages/tqdm. Needs `pip install tqdm` and nothing else.

    python tools/golden/tqdm_format.py

`format.golden.json`: format_meter, format_num, format_sizeof, format_interval over many arguments.
`transcript.golden.json`: everything that bars write, character for character, with a clock that moves only when told.
"""

import io
import itertools
import json
import pathlib
import warnings

import tqdm
import tqdm.std
from tqdm import tqdm as bar

warnings.simplefilter("ignore", tqdm.std.TqdmWarning)

SRC = pathlib.Path(__file__).resolve().parents[2] / "packages" / "tqdm" / "src"
CAMEL = {"unit_scale": "unitScale", "unit_divisor": "unitDivisor", "bar_format": "barFormat"}


def camel(options):
    return {CAMEL.get(key, key): value for key, value in options.items()}


def write(name, tables):
    """One case a line, so that a diff shows which one has changed."""
    rows = ",\n".join(
        f"{json.dumps(key)}: [\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]"
        for key, cases in tables.items()
    )
    head = json.dumps({"by": "tools/golden/tqdm_format.py", "tqdm": tqdm.__version__})
    (SRC / name).write_text(f'{{"generated": {head},\n{rows}}}\n', encoding="utf-8")


# --- one line -------------------------------------------------------------------------------------------------------


def meters():
    for n, total, elapsed in itertools.product(
        [0, 1, 5, 469, 937, 938, 9910000], [None, 10, 938, 9912422], [0, 0.4, 5, 61.7, 3725.2]
    ):
        yield dict(n=n, total=total, elapsed=elapsed)
    base = dict(n=469, total=938, elapsed=5)
    for extra in [
        dict(prefix="Epoch 1"),
        dict(prefix="Epoch 1: "),
        dict(postfix="loss=0.123"),
        dict(unit="B", unit_scale=True),
        dict(unit="img"),
        dict(unit_scale=500),
        dict(unit_scale=True, unit_divisor=1024),
        dict(rate=0.37),
        dict(rate=1234.5),
        dict(rate=0.0001),
        dict(rate=1),
        dict(initial=400),
        dict(ascii=True),
        dict(ascii=" .oO0"),
        dict(colour="green"),
        dict(colour="#00ff7f"),
        dict(prefix="훈련"),
        dict(prefix="学習", postfix="loss=0.1"),
        dict(n=938),
        dict(n=938.4),
        dict(n=939),
        dict(total=float("inf")),
        dict(n=0.5, total=2.5),
        dict(elapsed=360000),
        dict(elapsed=-3.5),
    ]:
        for ncols in [None, 0, 1, 20, 40, 79, 120]:
            yield {**base, **extra, "ncols": ncols}
    for template in [
        "{l_bar}{bar}{r_bar}",
        "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt}",
        "{l_bar}{bar:20}{r_bar}",
        "{l_bar}{bar:-30b}{r_bar}",
        "{bar:12a}|",
        "{bar:12u}",
        "{n:>8d} of {total:<6}{unit:^5}!",
        "{rate:.3f} {rate_inv:.2e}",
        "{rate_noinv_fmt} {rate_inv_fmt} {rate_fmt}",
        "{elapsed}<{remaining} {elapsed_s:.1f} {remaining_s:.2f}",
        "{{{n}}} {percentage:06.2f} {percentage:+.1f} {n:,}",
        "{postfix}",
        "{desc:*^12}",
        "{ncols} {nrows} {unit_divisor}",
        "no variables",
        "{n:g} {elapsed_s:g} {rate_inv:g} {percentage:.1%}",
        "{desc!s:.3}",
    ]:
        for extra in [dict(), dict(prefix="Epoch 1", postfix="loss=0.1"), dict(n=1234567, total=2000000)]:
            for ncols in [None, 60]:
                yield {**base, **extra, "nrows": 24, "bar_format": template, "ncols": ncols}
    yield dict(n=3, total=None, elapsed=2, bar_format="{l_bar}{bar}{r_bar}", ncols=50)
    yield dict(n=3, total=None, elapsed=2, prefix="a", bar_format="{l_bar}|{percentage}|{total}|{rate_fmt}")
    yield dict(n=3, total=None, elapsed=2, prefix="한글로 된 긴 설명", ncols=15)
    yield dict(n=1, total=3, elapsed=2, colour="red", ncols=8)
    for postfix in [["a", 1.5], {"loss": 0.25}]:
        yield dict(
            n=1,
            total=3,
            elapsed=2,
            postfix=postfix,
            bar_format="{l_bar}{bar}"
            + ("{postfix[0]} {postfix[1]:>8.2g}" if isinstance(postfix, list) else "{postfix[loss]:.3f}"),
        )


def line(arguments):
    expected = bar.format_meter(**{"ncols": None, **arguments})
    infinite = {"total": "Infinity"} if arguments.get("total") == float("inf") else {}
    return {"meter": camel({**arguments, **infinite}), "expected": expected}


NUMBERS = [
    0,
    1,
    7,
    10,
    99,
    100,
    938,
    999,
    1000,
    1234567,
    10**15,
    0.5,
    0.1,
    0.123456,
    12345.678,
    1e-3,
    1.5e-5,
    2.5e-7,
    1e-10,
    0.125,
    0.375,
    2.5,
    1235.5,
    12.25,
    100.5,
    99.95,
    999.5,
    9.995,
    0.00099951,
    123456789.5,
    3.14159e20,
    -0.001,
    -12.5,
    -1234.5,
    1 / 3,
    2 / 3,
    0.9995,
    0.99949,
    1.7976931348623157e308,
    5e-324,
]
SIZES = [
    0,
    1,
    9.994,
    9.995,
    9.996,
    10,
    99.94,
    99.95,
    999.4,
    999.5,
    1000,
    1234,
    9994,
    9995,
    99950,
    999499,
    999500,
    1e6,
    9912422,
    1.5e9,
    2e12,
    3e15,
    4e18,
    5e21,
    6e24,
    7e30,
    -1500,
    1.125,
    12.25,
    0.125,
]
INTERVALS = [0, 0.99, 1, 59.9, 60, 61, 599, 3599, 3600, 3661, 86399, 360000, -1, -61.5, -3700]

# --- what bars write ------------------------------------------------------------------------------------------------

SCENARIOS = [
    # steps: seconds to wait after each item, [seconds, how many times], or [method, argument]
    dict(name="even steps", iterable=10, options={}, steps=[[0.05, 10]]),
    dict(name="slow steps", iterable=4, options=dict(desc="Epoch 1"), steps=[3.5, 2.25, 4, 3]),
    dict(name="fast steps", iterable=5000, options=dict(ncols=60), steps=[[0.001, 5000]]),
    dict(name="speed changes", iterable=600, options={}, steps=[[0.001, 400], [0.05, 200]]),
    dict(name="no smoothing", iterable=300, options=dict(smoothing=0), steps=[[0.004, 300]]),
    dict(name="only the newest", iterable=200, options=dict(smoothing=1), steps=[0.01, 0.02] * 100),
    dict(name="fixed miniters", iterable=40, options=dict(miniters=7), steps=[[0.06, 40]]),
    dict(name="mininterval 0", iterable=6, options=dict(mininterval=0), steps=[[0.01, 6]]),
    dict(name="maxinterval", iterable=60, options=dict(maxinterval=1), steps=[[0.02, 40], [2, 20]]),
    dict(name="not left", iterable=3, options=dict(leave=False, desc="x"), steps=[[0.2, 3]]),
    dict(name="leave None", iterable=3, options=dict(leave=None), steps=[[0.2, 3]]),
    dict(name="break", iterable=10, options={}, steps=[[0.2, 4], "break"]),
    dict(name="delay", iterable=8, options=dict(delay=0.5), steps=[[0.15, 8]]),
    dict(name="delay never over", iterable=2, options=dict(delay=9), steps=[[0.15, 2]]),
    dict(name="initial", iterable=5, options=dict(initial=100, total=105), steps=[[0.2, 5]]),
    dict(name="unknown total", iterable=5, options=dict(total="unknown"), steps=[[0.2, 5]]),
    dict(name="more than expected", iterable=5, options=dict(total=3), steps=[[0.2, 5]]),
    dict(name="empty", iterable=0, options={}, steps=[]),
    dict(name="position", iterable=2, options=dict(position=2), steps=[[0.2, 2]]),
    dict(name="ascii", iterable=7, options=dict(ascii=True, ncols=50), steps=[[0.11, 7]]),
    dict(
        name="postfix",
        iterable=2,
        options=dict(postfix=dict(loss=0.123456, n=1234567, s=" a ", step=12345.678)),
        steps=[[0.2, 2]],
    ),
    dict(name="one line hidden", iterable=2, options=dict(nrows=1), steps=[[0.2, 2]]),
    dict(name="below the screen", iterable=2, options=dict(nrows=1, position=3), steps=[[0.2, 2]]),
    dict(
        name="by hand",
        options=dict(total=9912422, unit="B", unit_scale=True),
        steps=[
            0.2,
            ["update", 3000000],
            0.03,
            ["update", 1000],
            0.2,
            ["update", 5000000],
            ["set_description", "train.gz"],
            ["set_postfix", dict(b=1.0625, a=0.5, big=98765.4, text="abc", flag=True)],
            0.2,
            ["update", 1911422],
            ["close", None],
        ],
    ),
    dict(
        name="back and again",
        options=dict(total=20),
        steps=[
            0.2,
            ["update", 10],
            0.2,
            ["update", -5],
            0.2,
            ["update", 1],
            ["set_description_str", "raw"],
            ["set_postfix_str", "p"],
            5,
            ["unpause", None],
            0.2,
            ["update", 3],
            ["reset", 7],
            0.2,
            ["update", 7],
            ["clear", None],
            ["refresh", None],
            ["set_description", None],
            ["close", None],
            ["close", None],
            ["update", 1],
        ],
    ),
    dict(
        name="no total by hand",
        options=dict(desc="d"),
        steps=[0.5, ["update", 3], ["set_description", "a"], ["close", None]],
    ),
    dict(
        name="float steps",
        options=dict(total=1),
        steps=[0.2, ["update", 0.25], 0.2, ["update", 0.25], 0.2, ["update", 0.4], ["close", None]],
    ),
]


def transcript(scenario):
    now = [1000.0]
    tqdm.std.time = lambda: now[0]
    bar.monitor_interval = 0
    file = io.StringIO()
    options = dict(scenario["options"])
    count = scenario.get("iterable")
    if options.get("total") == "unknown":
        del options["total"]
        source = iter(range(count))
    else:
        source = None if count is None else range(count)
    b = bar(source, file=file, **{"ascii": False, **options})
    iterator = iter(b) if count is not None else None
    for step in scenario["steps"]:
        if step == "break":
            iterator.close()
        elif isinstance(step, list) and isinstance(step[0], str):
            method, argument = step
            getattr(b, method)(*([] if argument is None else [argument]))
        else:
            seconds, times = step if isinstance(step, list) else (step, 1)
            for _ in range(times):
                if iterator is not None:
                    next(iterator)
                now[0] += seconds
    if iterator is not None:
        for _ in iterator:
            raise AssertionError("steps left")
    assert not bar._instances, scenario["name"]
    return {**scenario, "options": camel(scenario["options"]), "expected": file.getvalue()}


def nested():
    """Two loops, one in the other, and a line printed from within."""
    now = [0.0]
    tqdm.std.time = lambda: now[0]
    file = io.StringIO()
    for i in bar(range(2), file=file, ascii=False, desc="outer"):
        for _ in bar(range(3), file=file, ascii=False, desc="inner", leave=False):
            now[0] += 0.07
        bar.write(f"row {i}", file=file)
    return file.getvalue()


write(
    "format.golden.json",
    {
        "meters": [line(m) for m in meters()],
        "nums": [[x, bar.format_num(int(x) if float(x).is_integer() else x)] for x in NUMBERS],
        "sizes": [[x, divisor, bar.format_sizeof(x, "B", divisor)] for x in SIZES for divisor in (1000, 1024)],
        "intervals": [[t, bar.format_interval(t)] for t in INTERVALS],
        "specs": [
            [x, spec, format(x, spec)]
            for x in [0.0, 1.0, 0.5, 2.5, -2.5, 1234.5675, 1e-5, 1e22, 12345.678, 0.125, 99.5]
            for spec in [
                ".0f",
                ".1f",
                ".2f",
                ".3f",
                "8.2f",
                "<8.2f",
                "+.1f",
                "08.3f",
                ",.1f",
                ".3g",
                "g",
                "e",
                ".0e",
                ".2e",
                "%",
                ".1%",
                "^12.1f",
                "*>10.1f",
                "G",
                "E",
            ]
        ],
    },
)
write("transcript.golden.json", {"bars": [transcript(s) for s in SCENARIOS], "nested": [nested()]})
