"""The job of a worker: one partition in, its dropped-out copies out. This is all that is about dropout here."""
from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from spatial_dropout import Plan, row_keys


@dataclass(frozen=True)
class Partition:
    """Rows and, in a second file, a key for each."""

    source: Path
    target: Path
    # The number of its first row in the whole set. None if the keys name the masks.
    first_row: int | None = None

    @property
    def name(self) -> str:
        return self.source.stem


@dataclass(frozen=True)
class Done:
    name: str
    rows: int
    worker: int


def drop_out(plan: Plan, partition: Partition, copies: int, keep_original: bool) -> Done:
    """Reads a partition as the system maps it into memory, and writes the result there, too: no copies in between."""
    rows = np.load(partition.source, mmap_mode="r")
    if partition.first_row is None:
        keys = partition.source.with_suffix(".keys.txt").read_text("utf-8").split("\n")
    else:
        keys = row_keys(partition.first_row, len(rows))

    # Under a name of this process alone. A worker that the scheduler gave up, rightly or not, disturbs nobody.
    partial = partition.target.with_suffix(f".{os.getpid()}.partial")
    shape = (len(rows) * (copies + keep_original), rows.shape[1])
    out = np.lib.format.open_memmap(partial, mode="w+", dtype=rows.dtype, shape=shape)
    plan.expand(keys, rows, copies, keep_original, out=out)
    os.replace(partial, partition.target)
    return Done(partition.name, len(out), os.getpid())
