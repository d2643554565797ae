"""Needs the PyTorch that requirements.txt pins."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

import torch

from drawn import fused
from precise import Precise, settle

TOOL = Path(__file__).resolve().parents[1]

# Without pinning: what generate.py pins is a second safeguard.
UNPINNED = """
import sys, warnings, torch
warnings.simplefilter("ignore")
torch.set_num_threads(1)
from encode import dump
from generate import content
print(torch.backends.cpu.get_cpu_capability(), file=sys.stderr)
print(*(dump(content(name)) for name in {names}))
"""


def run(arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments], env=os.environ | environment, cwd=TOOL, capture_output=True, text=True
    )


class OnEveryProcessor(unittest.TestCase):
    def test_the_same_bytes(self):
        program = UNPINNED.format(names=["ops_products", "init"])
        runs = [run(["-c", program], ATEN_CPU_CAPABILITY=capability) for capability in ("default", "avx2")]
        kernels = {one.stderr.strip() for one in runs}
        self.assertIn("DEFAULT", kernels)
        self.assertEqual(len({one.stdout for one in runs}), 1, f"files differ between {kernels}")
        self.assertIn("generated", runs[0].stdout)

    def test_the_files_that_are_there(self):
        checked = run(["generate.py", "--check", "ops_products", "init"], ATEN_CPU_CAPABILITY="avx2", MKL_CBWR="AVX2")
        self.assertEqual((checked.returncode, checked.stderr), (0, ""), checked.stdout)


class PreciseNumbers(unittest.TestCase):
    def test_one_rounding_an_operator(self):
        x = torch.tensor([0.1, 0.7, 1.3, 2.9])
        with Precise():
            values, total = x.sin(), x.exp().sum()
        self.assertTrue(torch.equal(values, x.double().sin().float()))
        self.assertTrue(torch.equal(total, x.double().exp().float().double().sum().float()))

    def test_gradients_too(self):
        x = torch.tensor([0.1, 0.7, 1.3], requires_grad=True)
        with Precise():
            x.tanh().sum().backward()
        y = x.detach().double().tanh().float()
        self.assertTrue(torch.equal(x.grad, (1 - y.double() ** 2).float()))

    def test_in_place_once(self):
        x, k, u = torch.tensor([0.1, 0.2]), torch.tensor([1, 2]), torch.tensor([3, 4], dtype=torch.uint8)
        with Precise():
            view = x[1:]
            view.mul_(3)
            k.add_(2)
            u.mul_(3)
        self.assertEqual(k.tolist(), [3, 4])
        self.assertEqual(u.tolist(), [9, 12])
        self.assertTrue(torch.equal(x, torch.tensor([0.1, 0.2]) * torch.tensor([1.0, 3.0])))

    def test_what_float32_means_stays(self):
        x = torch.tensor([float("inf"), float("nan"), -1.5])
        with Precise():
            self.assertEqual(torch.nan_to_num(x)[0].item(), torch.finfo(torch.float32).max)
            self.assertTrue(torch.tensor([100.0]).exp().isinf().item())
            self.assertEqual((torch.tensor([1, 3]) / 3).dtype, torch.float32)
            self.assertEqual(x.double().sum().dtype, torch.float64)
            self.assertEqual(torch.get_default_dtype(), torch.float32)

    def test_no_noise_where_the_answer_is_0(self):
        found = torch.tensor([0.0, 3e-8, 1e-20])
        settle(found, torch.tensor([1e-17, -2e-17, 1e-20], dtype=torch.float64), scale=1.0)
        self.assertTrue(torch.equal(found, torch.tensor([0.0, 0.0, 1e-20])))


class Drawn(unittest.TestCase):
    @unittest.skipUnless(
        torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512"), "compares with AVX2's own numbers"
    )
    def test_the_bits_of_a_processor_with_avx2(self):
        for size in (1, 15, 16, 17, 40, 1000):
            for draw in (
                lambda: torch.randn(size),
                lambda: torch.empty(size).normal_(-1, 3),
                lambda: torch.empty(size).uniform_(-0.0357142857142857, 0.0357142857142857),
            ):
                torch.manual_seed(123)
                own = draw()
                torch.manual_seed(123)
                with Precise():
                    drawn = draw()
                self.assertTrue(torch.equal(own, drawn))

    def test_fused_rounds_once(self):
        # 1 + 2^-24 lies halfway between two float32; what is below decides.
        self.assertEqual(fused(2.0**-24, 1.0, 1.0), 1.0)
        self.assertEqual(fused(2.0**-24, 1 + 2.0**-23, 1.0), 1 + 2.0**-23)
        self.assertEqual(fused(2.0**-24, 1 - 2.0**-24, 1.0), 1.0)
