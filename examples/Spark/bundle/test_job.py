"""The job and the driver without Spark, on the Arrow stream of the recordings, against ML.NET's single run.

It uses pyarrow where that is installed, and otherwise a stand-in for the few functions of it that the job calls.
"""
from __future__ import annotations

import contextlib
import io
import json
import sys
import types
import unittest
from pathlib import Path
from typing import Any, Callable, Iterator
from unittest import mock

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE / "spatial_dropout.zip")]
# At the end, so that pyarrow comes first where it is installed.
sys.path.append(str(_HERE / "stand_in"))

import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402

import run_on_spark  # noqa: E402
from job import drop_out  # noqa: E402
from spatial_dropout import Plan  # noqa: E402

_JOB = json.loads((_HERE / "job.json").read_text("utf-8"))
_LIBRARY = _HERE / "libspatialdropout.so"
_EXPECTED = (_JOB["Rows"], _JOB["Digest"])
_LISTS = pa.list_(pa.float32())


def read_recordings() -> list[pa.RecordBatch]:
    return list(pa.ipc.open_stream((_HERE / "recordings.arrow").read_bytes()))


def run(batches: list[pa.RecordBatch], **changes: Any) -> list[pa.RecordBatch]:
    """The job on one partition."""
    options = {**_JOB["Options"], **changes}
    arguments = options, _JOB["Length"], _JOB["Copies"], _JOB["KeepOriginal"], _LIBRARY
    return list(drop_out(iter(batches), *arguments))


def rows_of(batches: list[pa.RecordBatch]) -> Iterator[tuple[str, int, list[float]]]:
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in ("Key", "Copy", "Features")))


def digest(batches: list[pa.RecordBatch]) -> tuple[int, str]:
    return run_on_spark.digest(rows_of(batches))


def make(keys: list[str | None], features: list[list[float | None] | None]) -> pa.RecordBatch:
    columns = [pa.array(keys, type=pa.string()), pa.array(features, type=_LISTS)]
    return pa.RecordBatch.from_arrays(columns, names=["Key", "Features"])


class JobTests(unittest.TestCase):
    def test_one_partition(self) -> None:
        self.assertEqual(_EXPECTED, digest(run(read_recordings())))

    def test_many_partitions_of_many_batches_in_any_order(self) -> None:
        partitions = []
        for batch in reversed(read_recordings()):
            half = batch.num_rows // 2
            for part in (batch.slice(half), batch.slice(0, half)):
                # The first piece is empty, and the last one begins in the middle of a byte of a bitmap.
                partitions.append([part.slice(0, 0), part.slice(0, 3), part.slice(3)])
        self.assertEqual(_EXPECTED, digest([batch for partition in partitions for batch in run(partition)]))

    def test_other_masks_have_another_digest(self) -> None:
        count, other = digest(run(read_recordings(), Seed=_JOB["Options"]["Seed"] + 1))
        self.assertEqual(_EXPECTED[0], count)
        self.assertNotEqual(_EXPECTED[1], other)

    def test_the_columns_are_those_that_spark_is_told(self) -> None:
        recordings = read_recordings()[0]
        for batch in run([recordings, recordings.slice(2, 0)]):
            self.assertEqual(["Key", "Copy", "Features"], batch.schema.names)
            self.assertEqual([pa.string(), pa.int32(), _LISTS], batch.schema.types)
            self.assertEqual(0, batch.column("Features").null_count)

    def test_nothing_gives_nothing(self) -> None:
        self.assertEqual([], run([]))
        self.assertEqual([0, 0, 0], [batch.num_rows for batch in run([read_recordings()[0].slice(1, 0)])])

    def test_a_missing_reading_is_nan_and_not_null(self) -> None:
        lists = [batch.column("Features") for batch in run(read_recordings())]
        self.assertEqual(0, sum(column.flatten().null_count for column in lists))
        self.assertTrue(any(np.isnan(column.flatten().to_numpy()).any() for column in lists))

    def test_a_missing_key_is_the_empty_text(self) -> None:
        row = [1.0] * _JOB["Length"]
        # A slice, so that its bitmaps begin in the middle of a byte.
        batch = make(["a", None, "", "b"], [None, row, row, row]).slice(1)
        with Plan(_JOB["Options"], _JOB["Length"], _LIBRARY) as plan:
            expected = plan.apply(["", "", "b"], np.array([row] * 3, np.float32))
        found = {key: features for key, copy, features in rows_of(run([batch])) if copy == 1}
        self.assertEqual([None, "", "b"], list(found))
        np.testing.assert_array_equal(expected, list(found.values()))

    def test_rows_that_it_cannot_read_are_refused_with_the_cure(self) -> None:
        row = [1.0] * _JOB["Length"]
        for features, message in (
            ([row, None], r"1 rows have no Features.*IS NOT NULL"),
            ([row, row + [1.0]], rf"one has {_JOB['Length'] + 1}.*size\(Features\) = {_JOB['Length']}"),
            # As many values as two rows have.
            ([row + [1.0], row[:-1]], "Each row must have"),
            ([row, row[:-1] + [None]], r"1 values within Features are null.*coalesce"),
        ):
            with self.subTest(message), self.assertRaisesRegex(ValueError, message):
                run([make(["a", "b"], features)])


class DigestTests(unittest.TestCase):
    rows = [("a", 0, [1.0, 0.0]), ("a", 1, [1.0, float("nan")]), ("é", 0, [2.0, 3.0])]

    def test_order_does_not_count(self) -> None:
        self.assertEqual(run_on_spark.digest(self.rows), run_on_spark.digest(self.rows[::-1]))

    def test_nans_count_as_one(self) -> None:
        other = np.array([0x3F800000, 0xFFC00001], np.uint32).view(np.float32)
        rows = [self.rows[0], ("a", 1, other), self.rows[2]]
        self.assertEqual(run_on_spark.digest(self.rows), run_on_spark.digest(rows))

    def test_all_else_counts(self) -> None:
        for row in (("b", 0, [1.0, 0.0]), ("a", 2, [1.0, 0.0]), ("a", 0, [1.0, -0.0]), ("a", 0, [1.0, 1e-45])):
            self.assertNotEqual(run_on_spark.digest(self.rows), run_on_spark.digest([row, *self.rows[1:]]))
        self.assertNotEqual(run_on_spark.digest(self.rows), run_on_spark.digest([self.rows[0], *self.rows]))

    def test_a_null_is_no_nan(self) -> None:
        with self.assertRaises(TypeError):
            run_on_spark.digest([("a", 1, [1.0, None])])


class FakeSpark:
    """Not Spark: what the driver calls of a session and of its frames, so that a slip in the driver is found here."""

    version = "fake"

    def __init__(self, places: dict[str, list[pa.RecordBatch]], batches: list[pa.RecordBatch] | None = None) -> None:
        self.places, self.batches = places, batches
        self.builder = self.read = self.write = self

    def appName(self, name: str) -> FakeSpark:
        return self

    def getOrCreate(self) -> FakeSpark:
        return self

    def parquet(self, place: str) -> FakeSpark | None:
        if self.batches is None:
            return FakeSpark(self.places, self.places[place])
        self.places[place] = self.batches
        return None

    def select(self, *names: str) -> FakeSpark:
        columns = ([batch.column(name) for name in names] for batch in self.batches)
        return FakeSpark(self.places, [pa.RecordBatch.from_arrays(arrays, names=list(names)) for arrays in columns])

    def mapInArrow(self, function: Callable, schema: str) -> FakeSpark:
        return FakeSpark(self.places, list(function(iter(self.batches))))

    def mode(self, name: str) -> FakeSpark:
        return self

    def toLocalIterator(self) -> Iterator[Any]:
        return (types.SimpleNamespace(Key=key, Copy=copy, Features=row) for key, copy, row in rows_of(self.batches))

    def stop(self) -> None:
        self.places.clear()


class DriverTests(unittest.TestCase):
    def _run(self, files: Path = _HERE, **changes: Any) -> tuple[int, str]:
        """The driver's exit code and what it says. The files are those that spark-submit sends to executors."""
        session = FakeSpark({"in": read_recordings()})
        modules = {
            "pyspark": types.SimpleNamespace(SparkFiles=types.SimpleNamespace(get=lambda name: str(files / name))),
            "pyspark.sql": types.SimpleNamespace(SparkSession=session),
        }
        said = io.StringIO()
        with mock.patch.dict(sys.modules, {**modules, **changes}), contextlib.redirect_stdout(said):
            return run_on_spark.main(["--data", "in", "--out", "out"]), said.getvalue()

    def test_equal(self) -> None:
        code, said = self._run()
        self.assertEqual(0, code, said)
        self.assertIn(f"{_JOB['Rows']} rows, digest {_JOB['Digest']}\nSpark's rows equal", said)

    def test_other_rows_fail(self) -> None:
        def with_other_masks(batches: Iterator[pa.RecordBatch], options: dict[str, Any], *others: Any) -> Any:
            return drop_out(batches, {**options, "Seed": options["Seed"] + 1}, *others)

        code, said = self._run(job=types.SimpleNamespace(drop_out=with_other_masks))
        self.assertEqual(1, code)
        self.assertIn(f"FAILED: ML.NET's single run has {_JOB['Rows']} rows", said)

    def test_executors_without_the_files_say_what_is_missing(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "--files libspatialdropout.so"):
            self._run(files=Path("/nowhere"))
        with self.assertRaisesRegex(RuntimeError, "--py-files spatial_dropout.zip,job.py"):
            self._run(job=None)


if __name__ == "__main__":
    unittest.main()
