"""What is pinned, so that a golden file says the same whoever writes it: see docs/decisions on golden files."""

import os
import platform
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")

# Each library reads its variable once, when it is loaded.
PINNED = {
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_CBWR": "COMPATIBLE",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}
RECORDED = ("ATEN_CPU_CAPABILITY", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA")


def pin():
    """Runs the program again with the pinned settings, unless it has them."""
    if all(os.environ.get(name) == value for name, value in PINNED.items()):
        return
    if "torch" in sys.modules:
        raise RuntimeError("pin: torch is loaded already. Call pin() before anything imports it.")
    sys.exit(subprocess.call([sys.executable, *sys.orig_argv[1:]], env=os.environ | PINNED))


def pinned_versions(requirements=REQUIREMENTS):
    """{"torch": "2.15.0", ...}"""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", requirements.read_text(encoding="utf-8"), re.MULTILINE))


def wrong_versions(wanted, installed_version=metadata.version):
    """What is installed in another version than the pinned one, or not at all: a line each."""
    for name, version in wanted.items():
        try:
            found = installed_version(name)
        except metadata.PackageNotFoundError:
            yield f"{name} is not installed: {version} is wanted"
            continue
        # A wheel for a kind of device says so: 2.15.0+cpu.
        if found.split("+")[0] != version:
            yield f"{name} {found} is installed: {version} is wanted"


def verify():
    """Refuses to answer with another PyTorch, or other kernels, than the files say."""
    wrong = list(wrong_versions(pinned_versions()))
    if wrong:
        fix = f"{sys.executable} -m pip install -r tools/golden/requirements.txt"
        sys.exit("\n".join([*wrong, f"Golden files hold the answers of the pinned versions: {fix}"]))
    import torch

    torch.set_num_threads(1)
    capability = torch.backends.cpu.get_cpu_capability()
    if platform.machine() in ("x86_64", "AMD64") and capability != "DEFAULT":
        sys.exit(
            f"PyTorch computes for {capability}, although ATEN_CPU_CAPABILITY is default. Unset what overrides it."
        )


def head(name, packages=("torch",)):
    """The first entry of a golden file: who has written it, with what."""
    versions = pinned_versions()
    return {
        "by": f"tools/golden/generate.py {name}",
        **{package: versions[package] for package in packages},
        **{setting: PINNED[setting] for setting in RECORDED},
        "threads": 1,
        "rounding": "float64, rounded to float32 after each operator",
    }
