"""The code of the README runs, and its comments are true."""
from __future__ import annotations

import unittest
from pathlib import Path
from typing import Any

import numpy as np

from spatial_dropout import reference, row_keys


class ReadmeTests(unittest.TestCase):
    def test_the_example(self) -> None:
        code = (Path(__file__).parents[1] / "README.md").read_text().split("```python\n")[1].split("```")[0]
        names: dict[str, Any] = {}
        exec(code, names)

        keys, judge = names["keys"], reference.Plan(names["plan"].options, 768)
        rows = np.random.default_rng(1).normal(size=(1000, 128, 6)).astype(np.float32)
        in_place = judge.apply(row_keys(5000, 1000), rows)
        np.testing.assert_array_equal(names["masks"], judge.masks(keys), strict=True)
        np.testing.assert_array_equal(names["dropped"], judge.apply(keys, rows), strict=True)
        np.testing.assert_array_equal(names["second"], judge.apply(keys, rows, copy=1), strict=True)
        np.testing.assert_array_equal(names["rows"], in_place, strict=True)
        np.testing.assert_array_equal(names["training"], judge.expand(keys, in_place, 2, True), strict=True)
