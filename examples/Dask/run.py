#!/usr/bin/python3
"""Drops out a data set by Dask, kills workers meanwhile, and compares with ML.NET's single run, byte for byte."""
from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Iterator

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_LIBRARY = _ROOT / "artifacts/publish/MLNet.SpatialDropout.Native/release/libspatialdropout.so"
_VARIABLE = "SPATIAL_DROPOUT_LIBRARY"

# Workers inherit the path of this process.
sys.path[:0] = [str(_ROOT / "python"), str(_HERE)]

import dask  # noqa: E402
import numpy as np  # noqa: E402
from distributed import Client, LocalCluster, as_completed  # noqa: E402

from job import Done, Partition, drop_out  # noqa: E402
from spatial_dropout import Plan  # noqa: E402
from victim import Victim, kill_victims, wait_for_nannies  # noqa: E402


def main(arguments: list[str]) -> int:
    settings = _parse(arguments)
    # So that it ends as on Ctrl-C, and ends what it started.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    folder = settings.folder.resolve()
    _empty(folder)

    _say("1. ML.NET makes the partitions, and drops out all of them in a single run")
    _make(settings, folder)
    partitions = [Partition(source, source) for source in sorted(folder.glob("part-*.npy"))]
    job = _read_job(folder)
    length, copies, keep_original = job["Length"], job["Copies"], job["KeepOriginal"]
    plan = Plan(job["Options"], length)
    sizes = [partition.source.stat().st_size for partition in partitions]
    _say(
        f"   {settings.rows:,} rows of {length} floats in {len(partitions)} partitions of {max(sizes) / 1e6:.1f} MB;"
        f" of each row the original and {copies} copies"
    )

    processes: set[int] = set()
    with _cluster(settings.workers, settings.kills) as client:
        def run(name: str, parts: list[Partition], kills: int = 0) -> list[Path]:
            processes.update(_pids(client))
            parts = _into(folder / name, parts)
            victims = random.Random(settings.seed).sample(parts, kills)
            done = _run(client, plan, parts, copies, keep_original, victims)

            # Dask prints errors of its own if it must end a worker that is just starting.
            wait_for_nannies(client.cluster)
            processes.update(_pids(client), (one.worker for one in done))
            return [part.target for part in parts]

        _say("3. Masks by key")
        by_key = _judge(run("by-key", partitions), folder / "expected-by-key.npy")

        _say(f"4. Masks by key, and workers killed in the middle of a partition: {settings.kills}")
        killed = _judge(run("by-key-with-kills", partitions, settings.kills), folder / "expected-by-key.npy")

        _say("5. Masks by row number, where each partition knows the number of its first row")
        by_row = _judge(run("by-row", _number(partitions)), folder / "expected-by-row.npy")

        _say("6. Masks by row number, where each partition counts from 0: this must differ")
        from_zero = [replace(partition, first_row=0) for partition in partitions]
        repeated = _judge(run("by-row-from-zero", from_zero), folder / "expected-by-row.npy")

    alive = [pid for pid in processes if _is_alive(pid)]
    partials = len(list(folder.glob("*/*.partial")))
    _say(
        f"7. Worker processes that were seen: {len(processes)}, that are left: {len(alive)};"
        f" partial files of those that were killed: {partials}"
    )
    if alive:
        _say(f"FAILED: {', '.join(map(str, alive))} should have ended.")
        return 1
    if by_key or killed or by_row:
        _say("FAILED: Dask's rows differ from those of ML.NET's single run.")
        return 1
    if not repeated and len(partitions) > 1:
        _say("FAILED: masks that repeat in each partition were not seen, so the comparison sees nothing.")
        return 1
    _say("Dask's rows equal those of ML.NET's single run, byte for byte.")
    if not settings.keep:
        shutil.rmtree(folder)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="recordings (default: 20000)")
    parser.add_argument("--partitions", type=int, default=16, help="files of recordings (default: 16)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (default: 2)")
    parser.add_argument("--kills", type=int, default=5, help="workers to kill, at most --partitions (default: 5)")
    parser.add_argument("--seed", type=int, default=1, help="of recordings, masks and kills (default: 1)")
    parser.add_argument("--folder", type=Path, default=_ROOT / "artifacts/dask", help="for all files")
    parser.add_argument("--keep", action="store_true", help="leave the files there")
    parser.add_argument("--no-build", action="store_true", help="SingleRun is built in Release")
    parser.add_argument("--quick", action="store_true", help="2000 rows in 5 partitions and one kill, as in CI")
    settings = parser.parse_args(arguments)
    if settings.quick:
        settings.rows, settings.partitions, settings.kills = 2000, 5, 1
    if not 1 <= settings.partitions <= settings.rows:
        parser.error("--partitions must be from 1 to --rows")
    if not 0 <= settings.kills <= settings.partitions:
        parser.error("--kills must be from 0 to --partitions")
    return settings


def _empty(folder: Path) -> None:
    """Makes a folder, or removes what an earlier run left in it. Never what is somebody else's."""
    mark = folder / ".spatial-dropout-dask"
    if mark.exists():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"--folder is {folder}, which has files of something else.")
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _read_job(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "job.json").read_text("utf-8"))


def _make(settings: argparse.Namespace, folder: Path) -> None:
    """Builds what is not built, and runs the .NET program."""
    # Without them, the servers of the build would outlive this process.
    environment = {**os.environ, "MSBUILDDISABLENODEREUSE": "1", "UseSharedCompilation": "false"}
    if _VARIABLE not in os.environ:
        publish = ["dotnet", "publish", _ROOT / "src/Native", "--use-current-runtime", "--verbosity", "quiet"]
        subprocess.run(publish, check=True, env=environment)
        os.environ[_VARIABLE] = str(_LIBRARY)
    sizes = [str(number) for number in (settings.rows, settings.partitions, settings.seed)]
    run = ["dotnet", "run", "--configuration", "Release", "--project", _HERE / "SingleRun"]
    run += ["--no-build"] if settings.no_build else []
    subprocess.run([*run, "--", folder, *sizes], check=True, env=environment)


def _into(folder: Path, partitions: list[Partition]) -> list[Partition]:
    """The partitions with results in a folder of their own.

    If a worker dies, Dask does its finished tasks again whose results are still asked for. One that is late must not
    write among the results of the next step.
    """
    folder.mkdir()
    return [replace(partition, target=folder / partition.source.name) for partition in partitions]


def _number(partitions: list[Partition]) -> list[Partition]:
    first, numbered = 0, []
    for partition in partitions:
        numbered.append(replace(partition, first_row=first))
        first += len(np.load(partition.source, mmap_mode="r"))
    return numbered


@contextmanager
def _cluster(workers: int, kills: int) -> Iterator[Client]:
    """A scheduler and workers, each a process under a nanny that starts another one if it dies."""
    # Dask gives a task up when it was on so many workers that died, even if it only waited there.
    dask.config.set({"distributed.scheduler.allowed-failures": kills})
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster, Client(cluster) as client:
        client.wait_for_workers(workers)
        _say(f"2. A scheduler on {client.scheduler.address}, workers {', '.join(map(str, _pids(client)))}")
        yield client


def _pids(client: Client) -> list[int]:
    return sorted(client.run(os.getpid).values())


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _run(
    client: Client, plan: Plan, partitions: list[Partition], copies: int, keep_original: bool, victims: list[Partition]
) -> list[Done]:
    """Drops out all partitions by the workers."""
    plans = {victim: Victim(plan, victim.target.with_suffix(".kill")) for victim in victims}
    killer = threading.Thread(
        target=kill_victims, args=(client.cluster, partitions[0].target.parent, len(victims)), daemon=True
    )
    killer.start()
    start = time.perf_counter()
    tasks = [
        client.submit(drop_out, plans.get(partition, plan), partition, copies, keep_original, pure=False)
        for partition in partitions
    ]
    done = [result for _, result in as_completed(tasks, with_results=True)]
    seconds = time.perf_counter() - start

    rows, row_bytes = sum(one.rows for one in done), np.load(partitions[0].source, mmap_mode="r")[0].nbytes
    workers = sorted({one.worker for one in done})
    _say(
        f"   {rows:,} rows by workers {', '.join(map(str, workers))} in {seconds:.2f} s: {rows / seconds:,.0f} rows or"
        f" {rows * row_bytes / seconds / 1e6:,.0f} MB a second"
    )
    killer.join()
    if victims:
        _say(f"   killed: {len(victims)}, at {', '.join(victim.name for victim in victims)}")
    return done


def _judge(results: list[Path], expected: Path) -> int:
    differing, rows = compare(results, expected)
    verdict = f"{differing:,} of {rows:,} rows differ from ML.NET's" if differing else "equal to ML.NET, byte for byte"
    _say(f"   {verdict}")
    return differing


def compare(results: list[Path], expected: Path) -> tuple[int, int]:
    """The number of rows that differ from those expected, and the number of rows."""
    judge = np.load(expected, mmap_mode="r").view(np.uint32)
    start = differing = 0
    for path in results:
        rows = np.load(path, mmap_mode="r").view(np.uint32)
        same = rows[: len(judge) - start] == judge[start: start + len(rows)]
        differing += len(rows) - int(same.all(axis=1).sum())
        start += len(rows)
    return differing + max(0, len(judge) - start), len(judge)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
