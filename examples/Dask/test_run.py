"""What the comparison sees, and what is left of a run that is interrupted. SingleRun must be built in Release."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

import run


class CompareTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.rows = np.arange(40, dtype=np.float32).reshape(10, 4)
        self.rows[3, 1], self.rows[7, 2] = np.nan, -0.0
        self.paths = [Path(folder.name) / f"{part}.npy" for part in range(3)]
        self.expected = Path(folder.name) / "expected.npy"
        np.save(self.expected, self.rows)

    def _save(self, rows: np.ndarray) -> None:
        for path, part in zip(self.paths, (rows[:4], rows[4:5], rows[5:])):
            np.save(path, part)

    def test_equal_bytes(self) -> None:
        self._save(self.rows)
        self.assertEqual((0, 10), run.compare(self.paths, self.expected))

    def test_one_bit(self) -> None:
        # The sign of a zero and of a NaN, which comparisons of numbers do not see.
        for row, column in ((7, 2), (3, 1), (9, 3)):
            changed = self.rows.copy()
            changed.view(np.uint32)[row, column] ^= 1 << 31
            self._save(changed)
            self.assertEqual((1, 10), run.compare(self.paths, self.expected))

    def test_rows_too_few_and_too_many(self) -> None:
        self._save(self.rows[:-2])
        self.assertEqual((2, 10), run.compare(self.paths, self.expected))
        self._save(np.concatenate([self.rows, self.rows[:3]]))
        self.assertEqual((3, 10), run.compare(self.paths, self.expected))


class DocumentTests(unittest.TestCase):
    def test_the_code_of_scale_out_is_that_of_the_job(self) -> None:
        folder = Path(run.__file__).parent
        text = (folder.parents[1] / "docs" / "scale-out.md").read_text("utf-8")
        shown = text.split("```python\n")[1].split("```")[0].splitlines()
        lines = [line.strip() for line in (folder / "job.py").read_text("utf-8").splitlines()]
        self.assertEqual(shown, [line for line in lines if line in shown])


class VerdictTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def _run(self) -> int:
        options = ["--rows", "50", "--partitions", "2", "--kills", "0", "--no-build", "--keep", "--folder", self.folder]
        return run.main(options)

    def test_other_masks_fail(self) -> None:
        read = run._read_job

        def with_another_seed(folder: Path) -> dict[str, Any]:
            job = read(folder)
            job["Options"]["Seed"] += 1
            return job

        with mock.patch.object(run, "_read_job", with_another_seed):
            self.assertEqual(1, self._run())

    def test_a_folder_of_something_else_is_refused(self) -> None:
        other = Path(self.folder) / "thesis.txt"
        other.touch()
        with self.assertRaisesRegex(SystemExit, "files of something else"):
            self._run()
        self.assertTrue(other.exists())


class InterruptionTests(unittest.TestCase):
    def test_no_process_is_left(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number), tempfile.TemporaryDirectory() as folder:
                options = ["--rows", "50", "--partitions", "5", "--kills", "0", "--no-build", "--folder", folder]
                command = [sys.executable, run.__file__, *options]
                process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
                with process:
                    lines = iter(process.stdout.readline, "")
                    started = next(line for line in lines if line.startswith("2. "))
                    workers = [int(pid) for pid in started.rpartition("workers ")[2].split(", ")]
                    self.assertEqual(2, len(workers))
                    process.send_signal(number)
                    process.stdout.read()
                self.assertEqual(128 + number, process.returncode)
                for worker in workers:
                    with self.assertRaises(ProcessLookupError):
                        os.kill(worker, 0)


if __name__ == "__main__":
    unittest.main()
