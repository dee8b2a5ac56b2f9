"""Drops out the recordings by Spark, and compares the result with ML.NET's single run. README.txt has the command."""
from __future__ import annotations

import argparse
import hashlib
import json
import os
import struct
import sys
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Sequence

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

_HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=(_HERE / "data").as_uri(), help="recordings, where all executors see them")
    parser.add_argument("--out", default=(_HERE / "result").as_uri(), help="for the result; replaced if it exists")
    places = parser.parse_args(arguments)
    job = json.loads((_HERE / "job.json").read_text("utf-8"))

    # The test without Spark imports this file, too.
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("spatial dropout").getOrCreate()
    try:
        recordings = spark.read.parquet(places.data).select("Key", "Features")
        dropped = recordings.mapInArrow(on_executor(job), "Key string, Copy int, Features array<float>")
        dropped.write.mode("overwrite").parquet(places.out)
        rows = spark.read.parquet(places.out).select("Key", "Copy", "Features").toLocalIterator()
        count, found = digest((row.Key, row.Copy, row.Features) for row in rows)
        version = spark.version
    finally:
        spark.stop()

    print(f"Spark {version}: {count} rows, digest {found}")
    if found != job["Digest"]:
        print(f"FAILED: ML.NET's single run has {job['Rows']} rows, digest {job['Digest']}")
        return 1
    print("Spark's rows equal those of ML.NET's single run.")
    return 0


def on_executor(job: dict[str, Any]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What Spark sends to its workers: it finds there what spark-submit sent with it."""

    def drop_out_partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import SparkFiles

        try:
            from job import drop_out
        except ImportError as error:
            raise RuntimeError(
                f"{error} on an executor. Start with --py-files spatial_dropout.zip,job.py, and install numpy and"
                " pyarrow on all executors."
            ) from error
        library = SparkFiles.get("libspatialdropout.so")
        if not os.path.isfile(library):
            raise RuntimeError(f"No {library} on an executor. Start with --files libspatialdropout.so.")
        yield from drop_out(batches, job["Options"], job["Length"], job["Copies"], job["KeepOriginal"], library)

    return drop_out_partition


def digest(rows: Iterable[tuple[str, int, Sequence[float]]]) -> tuple[int, str]:
    """The number of rows (key, copy, values) and their digest, whatever their order, as SparkData/Digest.cs has it."""
    hashes = []
    for key, copy, values in rows:
        # Not np.array alone, which makes NaN of a null.
        items = np.array(array("f", values))
        # Spark's rows keep neither the sign nor the payload of a NaN, so all count as this one.
        items[np.isnan(items)] = np.nan
        hashes.append(hashlib.sha256(key.encode() + struct.pack("<i", copy) + items.tobytes()).hexdigest())
    return len(hashes), hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
