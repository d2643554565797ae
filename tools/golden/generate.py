"""
Writes the golden files: all, or those named.

    python tools/golden/generate.py                      # all
    python tools/golden/generate.py ops_arithmetic init  # these; `ops` for all that begin with ops_
    python tools/golden/generate.py --only atan          # the lines about one op, layer, loss, optimizer, ...; no other line changes
    python tools/golden/generate.py --check              # changes nothing, says what would change, and exits with 1 if something would

See README.md.
"""

import argparse
import contextlib
import importlib
import json
import os
import re
import sys
import warnings
from pathlib import Path

import keep
import settings

REPOSITORY = Path(__file__).resolve().parents[2]
SUBJECTS = Path(__file__).resolve().with_name("subjects")
OPS = "packages/core/src/testing/golden"

FILES = {
    "doctor": "packages/backends/src/doctor/reference.golden.json",
    "ops_arithmetic": f"{OPS}/arithmetic.golden.json",
    "ops_creation": f"{OPS}/creation.golden.json",
    "ops_errors": f"{OPS}/errors.golden.json",
    "ops_forms": f"{OPS}/forms.golden.json",
    "ops_images": f"{OPS}/images.golden.json",
    "ops_indexing": f"{OPS}/indexing.golden.json",
    "ops_logic": f"{OPS}/logic.golden.json",
    "ops_products": f"{OPS}/products.golden.json",
    "ops_reduction": f"{OPS}/reduction.golden.json",
    "ops_samples": f"{OPS}/samples.golden.json",
    "ops_shape": f"{OPS}/shape.golden.json",
    "view_programs": "packages/core/src/testing/view-programs.golden.json",
    "torch_names": "packages/core/src/api/torch-names.golden.json",
    "generator": "packages/core/src/random/generator.golden.json",
    "dtypes": "packages/core/src/base/dtype.golden.json",
    "tensor_format": "packages/core/src/format/format.golden.json",
    "losses": "packages/nn/src/losses/losses.golden.json",
    "loss_dtypes": "packages/nn/src/losses/loss-dtypes.golden.json",
    "layers": "packages/nn/src/layers/layers.golden.json",
    "nn_names": "packages/nn/src/torch-names.golden.json",
    "init": "packages/nn/src/init/init.golden.json",
    "module": "packages/nn/src/module.golden.json",
    "summary": "packages/nn/src/summary.golden.json",
    "optim": "packages/optim/src/optim.golden.json",
    "optim_names": "packages/optim/src/torch-names.golden.json",
    "mixed_dtypes": "packages/kindling/src/mixed-dtypes.golden.json",
    "other_dtypes": "packages/kindling/src/other-dtypes.golden.json",
    "transforms": "packages/transforms/src/transforms.golden.json",
    "transforms_names": "packages/transforms/src/torchvision-names.golden.json",
    "datasets_names": "packages/datasets/src/torchvision-names.golden.json",
    "data": "packages/data/src/data.golden.json",
    "data_names": "packages/data/src/torch-names.golden.json",
    "mnist_trajectory": "packages/recipes/src/mnist-trajectory.golden.json",
    "mnist_anchor": "packages/recipes/src/mnist-anchor.golden.json",
    "trajectories": "packages/recipes/src/testing/trajectories.golden.json",
}
NEEDS_DATA = {"mnist_anchor", "trajectories"}
MOST_LINES = 20

# A subject may read there which functions there are.
TYPESCRIPT = re.compile(r'"(packages/[^"]+\.ts)"')


# The longest line of TypeScript, of biome.json.
LINE = 120
INDEX = "packages/core/src/testing/golden-files.ts"


def main(arguments):
    options = parse(arguments)
    settings.pin()
    settings.verify()
    warnings.simplefilter("ignore")
    named = keep.Named(options.only) if options.only else None
    names = [name for name in chosen(options.files) if named is None or mentions(name, named)]
    outcomes = [update(name, named, options.check) for name in names if has_its_data(name)]
    if named and not any(outcome.found for outcome in outcomes):
        sys.exit(
            f"No golden file has a line about {', '.join(options.only)}. Add the calls to tools/golden/subjects first."
        )
    if not options.check:
        (REPOSITORY / INDEX).write_text(index(), encoding="utf-8")
    elif any(outcome.lines for outcome in outcomes):
        sys.exit(1)


def parse(arguments):
    parser = argparse.ArgumentParser(description="Writes PyTorch's answers into the golden files.")
    parser.add_argument("files", nargs="*", help=f"which: {' '.join(FILES)}; ops for all that begin with ops_")
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", help="changes only the lines about this op, layer, loss, ..."
    )
    parser.add_argument("--check", action="store_true", help="changes nothing, says what would change")
    options = parser.parse_args(arguments)
    for asked in options.files:
        if not any(belongs(name, asked) for name in FILES):
            parser.error(f"there is no golden file {asked}: {' '.join(FILES)}")
    return options


def belongs(name, asked):
    return name == asked or name.startswith(f"{asked}_")


def chosen(asked):
    return [name for name in FILES if not asked or any(belongs(name, one) for one in asked)]


def has_its_data(name):
    if name in NEEDS_DATA and "MNIST_ROOT" not in os.environ:
        print(f"{FILES[name]} stays as it is: MNIST_ROOT is not set")
        return False
    return True


def mentions(name, named):
    """Whether a file, or the Python that says what is in it, names what is asked for: to run the others is a waste."""
    sources = [REPOSITORY / FILES[name], *SUBJECTS.glob(f"{name}*.py")]
    sources += [
        REPOSITORY / path for subject in sources[1:] for path in TYPESCRIPT.findall(subject.read_text(encoding="utf-8"))
    ]
    return any(keep.camel_case(source.read_text(encoding="utf-8")) in named for source in sources if source.exists())


class Outcome:
    def __init__(self, found, lines):
        self.found, self.lines = found, lines


def update(name, named, is_check):
    """Writes a file, or only says what would change in it."""
    from encode import dump

    path = REPOSITORY / FILES[name]
    text = path.read_text(encoding="utf-8") if path.exists() else "{}"
    old, new = json.loads(text), content(name)
    found = named is None or keep.is_about(old, named) or keep.is_about(new, named)
    if named:
        new = keep.only(old, new, named)
    lines = list(keep.differences(old, new))
    if not lines and dump(new) != text:
        lines = ["~ how it is laid out"]
    verb = "would change" if is_check else "changed"
    print(f"{FILES[name]} {f'{verb}:' if lines else 'is as it was'}", *lines[:MOST_LINES], sep="\n    ")
    if len(lines) > MOST_LINES:
        print(f"    and {len(lines) - MOST_LINES} more")
    if lines and not is_check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(new), encoding="utf-8")
    return Outcome(found, lines)


def content(name):
    """What a subject says, under its head."""
    from precise import Precise
    from subjects import ops

    subject = importlib.import_module(f"subjects.{name}")
    # Texts and shapes of huge layers need no numbers.
    with Precise() if getattr(subject, "HAS_NUMBERS", True) else contextlib.nullcontext():
        rows = subject.golden() if hasattr(subject, "golden") else ops.golden(subject)
    # As it will be read: without tuples, and with keys that are text.
    return json.loads(json.dumps({keep.HEAD: settings.head(name, getattr(subject, "PACKAGES", ("torch",)))} | rows))


def index():
    """A TypeScript module with the golden files of ops, so that laws find a new one."""
    files = sorted(Path(path).name for path in FILES.values() if path.startswith(OPS))
    variables = {
        file: re.sub("-(.)", lambda match: match[1].upper(), file.removesuffix(".golden.json")) for file in files
    }
    imports = [f'import {name} from "./golden/{file}" with {{ type: "json" }};' for file, name in variables.items()]
    lines = ["// Written by tools/golden/generate.py.", *imports, "", "/** Every golden file of ops. */"]
    declaration = f"export const goldenFiles = [{', '.join(variables.values())}];"
    if len(declaration) > LINE:
        # As Biome formats a list that is longer than a line.
        declaration = "\n".join(["export const goldenFiles = [", *(f"  {name}," for name in variables.values()), "];"])
    return "\n".join([*lines, declaration, ""])


if __name__ == "__main__":
    main(sys.argv[1:])
