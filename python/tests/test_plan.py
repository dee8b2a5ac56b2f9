"""The library, as Python calls it. The reference is the judge."""
from __future__ import annotations

import ctypes
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import spatial_dropout
from spatial_dropout import KEY, Plan, reference, row_keys
from spatial_dropout.library import VARIABLE
from tests import any_options

_OPTIONS = {"Channels": 6, "Rate": 0.4, "Seed": 7}
_TEXTS = ["session 7", "", "Grüße", "日本語 " * 40, "a\0b", "\U0001F600", "\ud800 alone", "session 7"]


def _rows(count: int = len(_TEXTS), length: int = 24) -> np.ndarray:
    return np.arange(1, count * length + 1, dtype=np.float32).reshape(count, length)


class AgreementTests(unittest.TestCase):
    def test_any_options(self) -> None:
        seen: set[str] = set()
        for number in range(600):
            with self.subTest(number=number):
                draw = random.Random(number)
                options, length = any_options.options(draw)
                seen.update(name for name, value in options.items() if value)
                self._compare(draw, options, length)
        names = "Channels Groups Layout Shape NoiseShape PerElement SharedAcrossRows Rate Rates DroppedChannels"
        names += " LostChannels MinKept RowProbability OutageSteps Scaling Fill Seed"
        self.assertEqual(set(names.split()), seen)

    def _compare(self, draw: random.Random, options: dict, length: int) -> None:
        plan, judge = Plan(options, length), reference.Plan(options, length)
        count = draw.randint(1, 9)
        keys = np.frombuffer(draw.randbytes(KEY.itemsize * count), KEY).copy()
        keys["high"] *= np.array([draw.choice([0, 1]) for _ in range(count)], np.uint64)
        copy = draw.choice([0, 1, 2**32 - 1])

        self.assertEqual(judge.mask_length, plan.mask_length)
        np.testing.assert_array_equal(plan.masks(keys, copy), judge.masks(keys, copy), str(options), strict=True)
        for dtype in (np.float32, np.float64):
            rows = any_options.rows(draw, count, length, dtype)
            self._assert_same(judge.apply(keys, rows, copy=copy), plan.apply(keys, rows, copy=copy), options)
            copies, keep_original = draw.randint(1, 3), draw.random() < 0.5
            expected = judge.expand(keys, rows, copies, keep_original)
            self._assert_same(expected, plan.expand(keys, rows, copies, keep_original), options)

    def _assert_same(self, expected: np.ndarray, actual: np.ndarray, options: dict) -> None:
        self.assertEqual((expected.dtype, expected.shape), (actual.dtype, actual.shape))
        if expected.tobytes() != actual.tobytes():
            differing = np.argwhere(expected.view(f"u{expected.itemsize}") != actual.view(f"u{actual.itemsize}"))
            first = tuple(differing[0])
            self.fail(f"{options}: {len(differing)} differ, the first at {first}: {expected[first]}, {actual[first]}")


class KeyTests(unittest.TestCase):
    def setUp(self) -> None:
        self.plan, self.judge = Plan(_OPTIONS, 24), reference.Plan(_OPTIONS, 24)

    def test_texts(self) -> None:
        for keys in (_TEXTS, tuple(_TEXTS), np.array(_TEXTS, object)):
            np.testing.assert_array_equal(self.plan.masks(keys), self.judge.masks(keys), strict=True)

        # NumPy's own texts lose zeros at their end only.
        texts = np.array(_TEXTS[:-2])
        self.assertEqual("U", texts.dtype.kind)
        np.testing.assert_array_equal(self.plan.masks(texts), self.judge.masks(_TEXTS[:-2]), strict=True)

    def test_what_a_lone_surrogate_counts_as(self) -> None:
        np.testing.assert_array_equal(self.plan.masks(["\ud800 alone"]), self.plan.masks(["\ufffd alone"]))

    def test_integers(self) -> None:
        integers = [0, 1, 7, -2, 2**63 - 1, -(2**63)]
        expected = self.judge.masks(integers)
        arrays = np.array(integers), np.array(integers, object)
        for keys in (integers, *arrays, [np.int64(integer) for integer in integers]):
            np.testing.assert_array_equal(expected, self.plan.masks(keys), strict=True)
        for dtype in (np.int8, np.uint8, np.int16, np.uint32, ">i4", bool):
            np.testing.assert_array_equal(expected[:2], self.plan.masks(np.array([0, 1], dtype)), strict=True)
        np.testing.assert_array_equal(expected[:2], self.plan.masks([False, np.True_]), strict=True)

        # An unsigned integer has the mask of the signed one of the same bits.
        np.testing.assert_array_equal(expected[3:4], self.plan.masks([2**64 - 2]), strict=True)
        np.testing.assert_array_equal(expected[3:4], self.plan.masks(np.array([2**64 - 2], np.uint64)), strict=True)

    def test_known_hashes(self) -> None:
        # Of docs/masks.md.
        for key, low, high in (
            ("session 7", 0x96553EC1724C77FC, 0xE190762B8BBEDC8D),
            (7, 0x8C0D782B2F61276 | 0xE << 60, 0xDEB6D224C549CBD3),
            (-2, 0xCCEA657E3D21A9DA, 0x6EA91D5282EFCCA4),
        ):
            hashed = np.array([(low, high, 0, 0)], KEY)
            self.assertEqual(hashed.tobytes(), reference.hash_keys([key]).tobytes())
            wide = {"PerElement": True, "Seed": 7, "Rate": 0.5}
            np.testing.assert_array_equal(Plan(wide, 128).masks(hashed), Plan(wide, 128).masks([key]))

    def test_row_numbers(self) -> None:
        masks = self.plan.masks(row_keys(0, 1000))
        np.testing.assert_array_equal(masks[400:], self.plan.masks(row_keys(400, 600)), strict=True)
        np.testing.assert_array_equal(masks, self.judge.masks(row_keys(0, 1000)), strict=True)
        np.testing.assert_array_equal(self.plan.masks(row_keys(2**64 - 1, 2))[1:], masks[:1], strict=True)

    def test_copies_differ(self) -> None:
        keys = [f"recording {number}" for number in range(100)]
        self.assertFalse((self.plan.masks(keys) == self.plan.masks(keys, copy=1)).all())
        mask_keys = reference.hash_keys(keys)
        before = mask_keys.copy()
        np.testing.assert_array_equal(self.plan.masks(keys, copy=1), self.plan.masks(mask_keys, copy=1), strict=True)
        np.testing.assert_array_equal(before, mask_keys)

    def test_refused(self) -> None:
        for keys, message in (
            ("session 7", "single text"),
            ([1.5], "of type float"),
            (np.array([1.5]), "of type float"),
            ([None], "of type NoneType"),
            (["7", 7], "of type int, str"),
            ([2**64], "one is 18446744073709551616"),
            ([-(2**63) - 1], "one is -9223372036854775809"),
            (np.zeros((2, 2), int), "have 2"),
        ):
            with self.subTest(keys=keys), self.assertRaisesRegex(ValueError, message):
                self.plan.masks(keys)


class ArrayTests(unittest.TestCase):
    def setUp(self) -> None:
        self.plan = Plan(_OPTIONS, 24)
        self.expected = reference.Plan(_OPTIONS, 24).apply(_TEXTS, _rows())

    def test_the_source_stays(self) -> None:
        rows = _rows()
        result = self.plan.apply(_TEXTS, rows)
        np.testing.assert_array_equal(self.expected, result, strict=True)
        np.testing.assert_array_equal(_rows(), rows)

    def test_in_place(self) -> None:
        rows = _rows()
        self.assertIs(rows, self.plan.apply(_TEXTS, rows, out=rows))
        np.testing.assert_array_equal(self.expected, rows, strict=True)

    def test_into_another_array(self) -> None:
        out = np.full_like(_rows(), 9)
        self.assertIs(out, self.plan.apply(_TEXTS, _rows(), out=out))
        np.testing.assert_array_equal(self.expected, out, strict=True)

    def test_rows_of_several_axes(self) -> None:
        rows = _rows().reshape(-1, 4, 6)
        np.testing.assert_array_equal(self.expected.reshape(-1, 4, 6), self.plan.apply(_TEXTS, rows), strict=True)
        self.assertEqual((16, 4, 6), self.plan.expand(_TEXTS, rows, 2).shape)

    def test_expand_into_an_array(self) -> None:
        out = np.empty((24, 24), np.float32)
        self.assertIs(out, self.plan.expand(_TEXTS, _rows(), 2, keep_original=True, out=out))
        np.testing.assert_array_equal(_rows(), out[::3])
        np.testing.assert_array_equal(self.expected, out[1::3])
        np.testing.assert_array_equal(self.plan.apply(_TEXTS, _rows(), copy=1), out[2::3])

    def test_source_that_is_not_contiguous(self) -> None:
        wide = np.zeros((len(_TEXTS), 48), np.float32)
        wide[:, ::2] = _rows()
        every_other = np.zeros((2 * len(_TEXTS), 24), np.float32)
        every_other[::2] = _rows()
        unaligned = np.frombuffer(b"." + _rows().tobytes(), np.uint8)[1:].view(np.float32).reshape(-1, 24)
        self.assertFalse(unaligned.flags.aligned)
        for rows in (wide[:, ::2], every_other[::2], np.asfortranarray(_rows()), unaligned):
            np.testing.assert_array_equal(self.expected, self.plan.apply(_TEXTS, rows), strict=True)

    def test_keys_that_are_not_contiguous(self) -> None:
        keys = np.repeat(reference.hash_keys(_TEXTS), 2)[::2]
        np.testing.assert_array_equal(self.expected, self.plan.apply(keys, _rows()), strict=True)
        integers = np.arange(6)[::2]
        np.testing.assert_array_equal(self.plan.masks([0, 2, 4]), self.plan.masks(integers), strict=True)

    def test_source_that_is_read_only(self) -> None:
        rows = _rows()
        rows.flags.writeable = False
        np.testing.assert_array_equal(self.expected, self.plan.apply(_TEXTS, rows), strict=True)
        with self.assertRaisesRegex(ValueError, "writable"):
            self.plan.apply(_TEXTS, rows, out=rows)

    def test_refused_output(self) -> None:
        rows = _rows()
        wide = np.zeros((len(_TEXTS), 48), np.float32)
        of_other_shapes = rows[:-1], rows.reshape(-1, 4, 6)
        for out in (wide[:, ::2], np.asfortranarray(rows), rows.astype(float), *of_other_shapes, [[0.0]]):
            with self.subTest(out=out), self.assertRaisesRegex(ValueError, "out must be"):
                self.plan.apply(_TEXTS, rows, out=out)
        np.testing.assert_array_equal(np.zeros_like(wide), wide)

    def test_output_that_overlaps(self) -> None:
        memory = np.zeros((len(_TEXTS) + 1, 24), np.float32)
        with self.assertRaisesRegex(ValueError, "overlap"):
            self.plan.apply(_TEXTS, memory[:-1], out=memory[1:])
        with self.assertRaisesRegex(ValueError, "overlap"):
            self.plan.expand(_TEXTS, memory[:-1], 1, out=memory[:-1])

    def test_refused_rows(self) -> None:
        for rows in (_rows().astype(int), _rows().astype(np.float16), _rows().astype(">f4"), _rows().tolist()):
            with self.assertRaisesRegex(ValueError, "must be a NumPy array of float32 or float64"):
                self.plan.apply(_TEXTS, rows)
        for rows in (_rows(length=23), _rows().ravel(), np.zeros((), np.float32)):
            with self.assertRaisesRegex(ValueError, "must have 24 elements each"):
                self.plan.apply(_TEXTS, rows)
        with self.assertRaisesRegex(ValueError, "one key for each of 8 rows, but there are 7"):
            self.plan.apply(_TEXTS[:-1], _rows())

    def test_no_rows(self) -> None:
        for keys in ([], np.array([], str), np.array([], np.int32), row_keys(0, 0)):
            none = np.empty((0, 24), np.float32)
            self.assertEqual((0, 24), self.plan.apply(keys, none).shape)
            self.assertEqual((0, 24), self.plan.apply(keys, none, out=none).shape)
            self.assertEqual((0, 24), self.plan.expand(keys, none, 2, keep_original=True).shape)
            self.assertEqual((0, 6), self.plan.masks(keys).shape)
            judge = reference.Plan(_OPTIONS, 24)
            self.assertEqual((0, 24), judge.apply(keys, none).shape)
            self.assertEqual((0, 6), judge.masks(keys).shape)


class PlanTests(unittest.TestCase):
    def test_refused_options_have_the_message_of_the_library(self) -> None:
        for options, length, message in (
            ({"Channels": 6, "Rate": 1.5, "Seed": 7}, 24, r"^Rate must be a probability from 0 to 1, but is 1\.5\.$"),
            ({"Channels": 5, "Seed": 7}, 24, "Channels.*5.*24"),
            ({"Channels": 6, "Seed": 7, "Copies": 2}, 24, "Copies"),
            ({"Channels": 6, "Seed": 7, "Fill": "ChannelMean"}, 24, "ChannelMean"),
            ({"Channels": 6}, 24, "Seed"),
            ("no json", 24, "JSON|json|invalid"),
            ({"Channels": 6, "Rate": float("nan"), "Seed": 7}, 24, "JSON"),
            (_OPTIONS, 0, "length.*0"),
        ):
            with self.subTest(options=options), self.assertRaisesRegex(ValueError, message):
                Plan(options, length)
        with self.assertRaisesRegex(ValueError, "zero character"):
            Plan('{"Channels": 6, "Seed": 7}\0', 24)

    def test_no_copies_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "copies"):
            Plan(_OPTIONS, 24).expand([1], _rows(1), 0, keep_original=True)

    def test_a_constant_that_is_too_large(self) -> None:
        plan = Plan({**_OPTIONS, "Fill": "1e300"}, 24)
        with self.assertRaisesRegex(ValueError, "Fill"):
            plan.apply([1], _rows(1))
        self.assertIn(1e300, plan.apply(_TEXTS, _rows().astype(float)))

    def test_a_closed_plan_is_refused(self) -> None:
        with Plan(_OPTIONS, 24) as plan:
            plan.masks([1])
        plan.close()
        with self.assertRaisesRegex(ValueError, "plan"):
            plan.masks([1])

    def test_a_plan_that_nobody_holds_is_freed(self) -> None:
        plan = Plan(_OPTIONS, 24)
        library, handle, mask_length = plan._library, plan._handle, ctypes.c_int64()
        library.call("sd_plan_mask_length", handle, ctypes.byref(mask_length))
        self.assertEqual(6, mask_length.value)
        del plan
        with self.assertRaisesRegex(ValueError, "plan"):
            library.call("sd_plan_mask_length", handle, ctypes.byref(mask_length))

    def test_a_library_that_is_not_there(self) -> None:
        with self.assertRaisesRegex(FileNotFoundError, "no library /nowhere/lib.so.*SPATIAL_DROPOUT_LIBRARY"):
            Plan(_OPTIONS, 24, library="/nowhere/lib.so")

    def test_a_library_beside_the_package(self) -> None:
        package = Path(spatial_dropout.__file__).parent
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copytree(package, Path(folder) / package.name)
            shutil.copy(os.environ[VARIABLE], copy)
            environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
            code = "import spatial_dropout as s; print(s.Plan({'Channels': 6, 'Seed': 7}, 24).mask_length)"
            result = subprocess.run(
                [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True
            )
            self.assertEqual("6", result.stdout.strip())

    def test_a_library_of_a_given_path(self) -> None:
        path = os.environ.pop(VARIABLE)
        try:
            with self.assertRaisesRegex(FileNotFoundError, "no library"):
                Plan(_OPTIONS, 24)
            plan = pickle.loads(pickle.dumps(Plan(_OPTIONS, 24, library=path)))
            self.assertRegex(plan._library.version, r"^\d+\.\d+")
        finally:
            os.environ[VARIABLE] = path

    def test_a_pickled_plan_draws_the_same_masks(self) -> None:
        plan = Plan(_OPTIONS, 24)
        loaded = pickle.loads(pickle.dumps(plan))
        plan.close()
        np.testing.assert_array_equal(reference.Plan(_OPTIONS, 24).masks(_TEXTS), loaded.masks(_TEXTS), strict=True)
        self.assertEqual(repr(plan), repr(loaded))

    def test_threads_share_a_plan(self) -> None:
        options = {**_OPTIONS, "OutageSteps": {"Min": 1, "Max": 20}, "Fill": "OneOf(Zero, LastValue, -40)"}
        plan, judge = Plan(options, 600), reference.Plan(options, 600)
        rows = _rows(300, 600)

        def work(first: int) -> tuple[bytes, str]:
            result = plan.apply(row_keys(first, 300), rows).tobytes()
            try:
                Plan({**options, "Rate": first + 2}, 600)
            except ValueError as error:
                return result, str(error)
            return result, ""

        numbers = range(64)
        with ThreadPoolExecutor(8) as pool:
            for first, (result, message) in zip(numbers, pool.map(work, numbers)):
                self.assertEqual(judge.apply(row_keys(first, 300), rows).tobytes(), result)
                # Each thread has its own message.
                self.assertRegex(message, rf"\b{first + 2}\b")

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork")
    def test_a_forked_process_is_told_so(self) -> None:
        plan = Plan(_OPTIONS, 24)
        child = os.fork()
        if child == 0:
            try:
                plan.masks([1])
            except RuntimeError as error:
                os._exit(42 if "spawn" in str(error) else 1)
            finally:
                os._exit(2)
        self.assertEqual(42, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
