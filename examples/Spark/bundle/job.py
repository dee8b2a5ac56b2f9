"""The job: what each partition of Spark does to its record batches. This is all that is about dropout here."""
from __future__ import annotations

import os
from typing import Any, Iterator

import numpy as np
import pyarrow as pa

from spatial_dropout import Plan


def drop_out(
    batches: Iterator[pa.RecordBatch], options: dict[str, Any], length: int, copies: int, keep_original: bool,
    library: str | os.PathLike[str]
) -> Iterator[pa.RecordBatch]:
    """For DataFrame.mapInArrow: takes the columns Key and Features, and gives Key, Copy and Features.

    Copy is 0 for the row itself, and 1 for the first dropped-out copy of it.
    """
    # One for each partition, made in the worker process: a forked process cannot use its parent's.
    with Plan(options, length, library) as plan:
        for batch in batches:
            # As in ML.NET, a missing key is the empty text.
            keys = ["" if key is None else key for key in batch.column("Key").to_pylist()]
            rows = read_rows(batch.column("Features"), length)
            # A batch for each copy has as many values as the one that came in, so offsets of 32 bits do for it, too.
            if keep_original:
                yield make_batch(batch, 0, rows)
            for copy in range(copies):
                yield make_batch(batch, copy + 1, plan.apply(keys, rows, copy=copy))


def read_rows(lists: pa.ListArray, length: int) -> np.ndarray:
    """The rows of a column of lists, without a copy of them."""
    if lists.null_count:
        raise ValueError(
            f"{lists.null_count} rows have no Features. Leave them out: recordings.where('Features IS NOT NULL')."
        )
    lengths = lists.value_lengths().to_numpy()
    if (lengths != length).any():
        raise ValueError(
            f"Each row must have {length} Features, but one has {lengths[lengths != length][0]}. Leave out such rows:"
            f" recordings.where('size(Features) = {length}')."
        )
    # Not the property values, which is that of the array that this one is a slice of.
    values = lists.flatten()
    if values.null_count:
        raise ValueError(
            f"{values.null_count} values within Features are null. Give them a number, such as NaN:"
            " transform(Features, x -> coalesce(x, float('NaN')))."
        )
    return values.to_numpy().reshape(-1, length)


def make_batch(batch: pa.RecordBatch, copy: int, rows: np.ndarray) -> pa.RecordBatch:
    """The keys of a batch with other rows, in the order of the columns that Spark is told."""
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * np.int32(rows.shape[1])
    features = pa.ListArray.from_arrays(pa.array(offsets), pa.array(rows.ravel()))
    copies = pa.array(np.full(len(rows), copy, np.int32))
    return pa.RecordBatch.from_arrays([batch.column("Key"), copies, features], names=["Key", "Copy", "Features"])
