#!/usr/bin/python3
"""Makes a folder with all that a run on Spark needs: library, package, job, driver, data, expected digest, test."""
from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_LIBRARY = _ROOT / "artifacts/publish/MLNet.SpatialDropout.Native/release/libspatialdropout.so"
_VARIABLE = "SPATIAL_DROPOUT_LIBRARY"
_MARK = ".spatial-dropout-spark"


def main(arguments: list[str]) -> int:
    settings = _parse(arguments)
    folder = settings.folder.resolve()
    # The folder has its name only when all is in it.
    partial = folder.with_name(f"{folder.name}.partial")
    for place in (folder, partial):
        _check(place)

    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    (partial / _MARK).touch()
    shutil.copytree(_HERE / "bundle", partial, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    with zipfile.ZipFile(partial / "spatial_dropout.zip", "w") as package:
        for file in sorted((_ROOT / "python/spatial_dropout").glob("*.py")):
            package.write(file, f"spatial_dropout/{file.name}")
    _make_by_dotnet(settings, partial)

    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    print(f"{folder} is complete. README.txt there says how to run it.")
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=_ROOT / "artifacts/spark", help="an earlier one is replaced")
    parser.add_argument("--rows", type=int, default=2000, help="recordings (default: 2000)")
    parser.add_argument("--parts", type=int, default=4, help="files of recordings (default: 4)")
    parser.add_argument("--seed", type=int, default=1, help="of recordings and masks (default: 1)")
    parser.add_argument("--no-build", action="store_true", help="SparkData is built in Release")
    settings = parser.parse_args(arguments)
    # With a few rows, a fill may be missing by chance.
    if settings.rows < 100:
        parser.error("--rows must be at least 100")
    if not 1 <= settings.parts <= settings.rows:
        parser.error("--parts must be from 1 to --rows")
    return settings


def _check(folder: Path) -> None:
    """Refuses what is somebody else's."""
    if folder.exists() and not (folder / _MARK).exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} has files of something else. Name another one by --folder.")


def _make_by_dotnet(settings: argparse.Namespace, folder: Path) -> None:
    # Without them, the servers of the build would outlive this process.
    environment = {**os.environ, "MSBUILDDISABLENODEREUSE": "1", "UseSharedCompilation": "false"}
    library = os.environ.get(_VARIABLE)
    if not library:
        publish = ["dotnet", "publish", _ROOT / "src/Native", "--use-current-runtime", "--verbosity", "quiet"]
        subprocess.run(publish, check=True, env=environment)
        library = _LIBRARY
    shutil.copy(library, folder / _LIBRARY.name)

    run = ["dotnet", "run", "--configuration", "Release", "--project", _HERE / "SparkData"]
    run += ["--no-build"] if settings.no_build else []
    sizes = [str(number) for number in (settings.rows, settings.parts, settings.seed)]
    subprocess.run([*run, "--", folder, *sizes], check=True, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
