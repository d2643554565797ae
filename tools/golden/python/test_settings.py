import os
import subprocess
import sys
import unittest
from importlib import metadata

import generate
import settings


def absent(name):
    raise metadata.PackageNotFoundError(name)


class Pinned(unittest.TestCase):
    def test_overrides_what_the_caller_has_set(self):
        program = "import os, settings; settings.pin(); print({name: os.environ[name] for name in settings.PINNED})"
        run = subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ
            | {"ATEN_CPU_CAPABILITY": "avx2", "MKL_CBWR": "AVX2", "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(run.stdout.strip(), str(settings.PINNED))

    def test_the_exit_status_is_the_program_s(self):
        program = "import settings; settings.pin(); raise SystemExit(7)"
        environment = os.environ | {"ATEN_CPU_CAPABILITY": "avx2", "PYTHONPATH": os.pathsep.join(sys.path)}
        self.assertEqual(subprocess.run([sys.executable, "-c", program], env=environment).returncode, 7)

    def test_another_version_is_refused(self):
        found = {"torch": "2.16.0", "numpy": "2.4.6"}
        wanted = {"torch": "2.15.0", "numpy": "2.4.6"}
        lines = list(settings.wrong_versions(wanted, found.__getitem__))
        self.assertEqual(lines, ["torch 2.16.0 is installed: 2.15.0 is wanted"])
        self.assertEqual(list(settings.wrong_versions({"torch": "2.15.0"}, lambda name: "2.15.0+cpu")), [])
        lines = list(settings.wrong_versions({"torch": "2.15.0"}, absent))
        self.assertEqual(lines, ["torch is not installed: 2.15.0 is wanted"])

    def test_the_head_says_what_was_pinned(self):
        head = settings.head("ops_arithmetic")
        self.assertEqual(head["ATEN_CPU_CAPABILITY"], "default")
        self.assertEqual(head["torch"], settings.pinned_versions()["torch"])


class Files(unittest.TestCase):
    def test_a_name_stands_for_those_that_begin_with_it(self):
        self.assertEqual(generate.chosen(["losses"]), ["losses"])
        self.assertIn("ops_arithmetic", generate.chosen(["ops"]))
        self.assertNotIn("optim", generate.chosen(["ops"]))
        self.assertEqual(generate.chosen([]), list(generate.FILES))

    def test_every_subject_of_ops_has_its_file(self):
        subjects = {path.stem for path in generate.SUBJECTS.glob("ops_*.py")}
        self.assertEqual({name for name in generate.FILES if name.startswith("ops_")}, subjects)

    def test_the_index_is_written(self):
        index = (generate.REPOSITORY / generate.INDEX).read_text(encoding="utf-8")
        self.assertEqual(index, generate.index())
