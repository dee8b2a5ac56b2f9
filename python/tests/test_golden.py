"""Both golden tables, by the reference and by the library."""
from __future__ import annotations

import csv
import json
import unittest
from pathlib import Path
from typing import Any, Callable, Iterator

import numpy as np

import spatial_dropout
from spatial_dropout import KEY, reference

_TABLES = Path(__file__).parents[2] / "tests" / "MLNet.SpatialDropout.Core.Tests"


def _lines(name: str) -> Iterator[dict[str, str]]:
    with open(_TABLES / name, newline="") as table:
        yield from csv.DictReader(table)


def _key(line: dict[str, str]) -> np.ndarray:
    return np.array([(int(line["low"]), int(line["high"]), int(line["copy"]), 0)], KEY)


def _options(line: dict[str, str], **others: Any) -> dict[str, Any]:
    """What both tables have. Options that a line leaves empty are left out."""
    dropped = line["droppedMin"] and {"Min": int(line["droppedMin"]), "Max": int(line["droppedMax"])}
    all_options = {"Seed": int(line["seed"]), "MinKept": int(line["minKept"]), "DroppedChannels": dropped, **others}
    return {name: value for name, value in all_options.items() if value not in ("", None)}


class GoldenTests(unittest.TestCase):
    def test_masks_of_the_reference(self) -> None:
        self._check_masks(reference.Plan)

    def test_masks_of_the_library(self) -> None:
        self._check_masks(spatial_dropout.Plan)

    def test_rows_of_the_reference(self) -> None:
        self._check_rows(reference.Plan)

    def test_rows_of_the_library(self) -> None:
        self._check_rows(spatial_dropout.Plan)

    def _check_masks(self, plan: Callable) -> None:
        count = 0
        for count, line in enumerate(_lines("golden-masks.csv"), start=1):
            mask = line["mask"]
            options = _options(
                line,
                PerElement=True,
                Rate=line["rate"] and float(line["rate"]),
                Rates=line["channelRates"] and [float(rate) for rate in line["channelRates"].split()],
                SharedAcrossRows=line["sharedAcrossRows"] == "true",
                RowProbability=float(line["rowProbability"]),
            )
            drawn = plan(options, len(mask)).masks(_key(line))
            self.assertEqual(mask, "".join(str(int(kept)) for kept in drawn[0]), line)
        self.assertGreater(count, 200)

    def _check_rows(self, plan: Callable) -> None:
        count = 0
        for count, line in enumerate(_lines("golden-rows.csv"), start=1):
            expected = np.array([line["row"].split()], float)
            steps, length = int(line["steps"]), expected.size
            groups = [int(size) for size in line["groups"].split()]
            options = _options(
                line,
                **{"Groups": groups} if groups else {"Channels": length // steps},
                Layout="ChannelsFirst" if line["channelsFirst"] == "true" else "ChannelsLast",
                Rates=line["rates"] and [float(rate) for rate in line["rates"].split()],
                OutageSteps=line["outageMin"] and {"Min": int(line["outageMin"]), "Max": int(line["outageMax"])},
                Fill=line["fill"].replace(";", ","),
            )
            compiled = plan(json.dumps(options), length)
            for dtype in (np.float32, np.float64):
                row = np.arange(1, length + 1, dtype=dtype).reshape(1, length)
                result = compiled.apply(_key(line), row)
                np.testing.assert_array_equal(result, expected.astype(dtype), str(line), strict=True)
        self.assertGreater(count, 200)
