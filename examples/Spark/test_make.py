"""The folder for Spark: it is complete, its test sees a single bit, and its job is what the documents show."""
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import make

_ROOT = Path(make.__file__).parents[2]


def make_folder(folder: Path) -> None:
    make.main(["--folder", str(folder), "--rows", "500", "--parts", "3", "--no-build"])


def run_test(folder: Path) -> subprocess.CompletedProcess[str]:
    """The folder's own test, from elsewhere and with nothing of this checkout."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", make._VARIABLE)}
    command = [sys.executable, "-W", "error", "-m", "unittest", "discover", folder]
    return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True)


class FolderTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name) / "spark"
        make_folder(cls.folder)

    def test_its_own_test_passes(self) -> None:
        done = run_test(self.folder)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertRegex(done.stderr, r"Ran [1-9]\d* tests")

    def test_its_own_test_sees_a_single_bit(self) -> None:
        recordings = self.folder / "recordings.arrow"
        whole = recordings.read_bytes()
        changed = bytearray(whole)
        # In the values of the second batch, with the largest part of the file.
        changed[len(whole) // 2] ^= 1
        recordings.write_bytes(changed)
        self.addCleanup(recordings.write_bytes, whole)
        done = run_test(self.folder)
        self.assertEqual(1, done.returncode)
        self.assertIn("FAIL: test_one_partition", done.stderr)

    def test_the_readme_names_what_is_there(self) -> None:
        table = (self.folder / "README.txt").read_text("utf-8").partition("What is here")[2]
        named = {line.split()[0].rstrip("/") for line in table.splitlines()[2:] if line}
        there = {path.name for path in self.folder.iterdir()} - {make._MARK, "README.txt", "__pycache__"}
        self.assertEqual(named, there)

    def test_it_is_made_again(self) -> None:
        (self.folder / "result").mkdir()
        make_folder(self.folder)
        self.assertFalse((self.folder / "result").exists())

    def test_what_is_interrupted_is_no_folder(self) -> None:
        folder = self.folder.with_name("interrupted")
        with mock.patch.object(make, "_make_by_dotnet", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                make_folder(folder)
        self.assertFalse(folder.exists())
        make_folder(folder)
        self.assertFalse(folder.with_name("interrupted.partial").exists())

    def test_a_folder_of_something_else_is_refused(self) -> None:
        other = self.folder.with_name("other")
        other.mkdir()
        (other / "thesis.txt").touch()
        with self.assertRaisesRegex(SystemExit, "files of something else"):
            make_folder(other)
        self.assertTrue((other / "thesis.txt").exists())


class DocumentTests(unittest.TestCase):
    def test_the_code_of_scale_out_is_that_of_the_job(self) -> None:
        text = (_ROOT / "docs/scale-out.md").read_text("utf-8").partition("\n## On Spark\n")[2]
        shown = text.split("```python\n")[1].split("```")[0]
        self.assertIn(shown, (_ROOT / "examples/Spark/bundle/job.py").read_text("utf-8"))


if __name__ == "__main__":
    unittest.main()
