"""Workers that are killed in the middle of a partition."""
from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np
from distributed import LocalCluster, Status

from spatial_dropout import Plan


class Victim:
    """In place of a plan: whoever uses it first writes half of the rows, and then waits to be killed."""

    def __init__(self, plan: Plan, token: Path) -> None:
        self._plan, self._token = plan, token
        token.touch()

    def expand(
        self, keys: list[str], rows: np.ndarray, copies: int, keep_original: bool, out: np.ndarray
    ) -> np.ndarray:
        try:
            # In the file system, because nothing of the process will remain.
            self._token.unlink()
        except FileNotFoundError:
            return self._plan.expand(keys, rows, copies, keep_original, out=out)
        half = len(rows) // 2
        self._plan.expand(keys[:half], rows[:half], copies, keep_original, out=out[: half * (copies + keep_original)])
        self._token.with_suffix(f".{os.getpid()}.waiting").touch()
        while True:
            time.sleep(1)


def kill_victims(cluster: LocalCluster, folder: Path, count: int) -> None:
    """Kills so many of those that wait in a folder, each by SIGKILL."""
    while count:
        for waiting in folder.glob("*.waiting"):
            # Once, a nanny of Dask 2022.12 never started another worker, probably because the first was still starting.
            wait_for_nannies(cluster)
            waiting.unlink()
            os.kill(int(waiting.suffixes[-2][1:]), signal.SIGKILL)
            count -= 1
        time.sleep(0.01)


def wait_for_nannies(cluster: LocalCluster) -> None:
    """Returns when each nanny has a worker."""
    while not all(nanny.process and nanny.process.status == Status.running for nanny in cluster.workers.values()):
        time.sleep(0.01)
