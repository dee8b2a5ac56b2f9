"""Options compiled for rows of one length."""
from __future__ import annotations

import ctypes
import json
import os
import weakref
from typing import Any, Callable

import numpy as np

from spatial_dropout import keys as mask_keys
from spatial_dropout.keys import KEY, Keys, Texts
from spatial_dropout.library import Library, load

_SUFFIXES = {np.dtype(np.float32): "f32", np.dtype(np.float64): "f64"}


class Plan:
    """Draws masks and applies them to rows. Immutable; threads may share it.

    options  The options of a row by their names in .NET, as a dict or JSON: {"Channels": 6, "Rate": 0.3, "Seed": 7}.
    length   The number of elements of a row.
    library  The path of the C library. By default the environment variable SPATIAL_DROPOUT_LIBRARY says it, or it lies
             beside this package.

    Keys are one for each row: texts, integers, or mask keys of type KEY, such as those of row_keys. A plan that is
    pickled is made again from its options where it is loaded. A process that was forked after the first plan was made
    cannot use the library.
    """

    def __init__(
        self, options: dict[str, Any] | str, length: int, library: str | os.PathLike[str] | None = None
    ) -> None:
        # Without NaN, which is no JSON and which the library would call a wrong text.
        self.options = options if isinstance(options, str) else json.dumps(options, allow_nan=False)
        if "\0" in self.options:
            raise ValueError("The options contain a zero character.")
        self.length = length
        self._path = library
        self._library = load(library)

        handle, mask_length = ctypes.c_void_p(), ctypes.c_int64()
        self._library.call("sd_plan_create", self.options.encode(), length, ctypes.byref(handle))
        self._handle = handle
        self._free = weakref.finalize(self, _free, self._library, handle)
        self._library.call("sd_plan_mask_length", handle, ctypes.byref(mask_length))
        self.mask_length = mask_length.value

    def masks(self, keys: Keys, copy: int = 0) -> np.ndarray:
        """The mask of each key, a row of booleans: true for a channel (or group) that is kept."""
        keys = self._hash(keys, copy)
        keep = np.empty((len(keys), self.mask_length), bool)
        self._library.call("sd_draw_masks", self._handle, keys.ctypes.data, len(keys), keep.ctypes.data)
        return keep

    def apply(self, keys: Keys, rows: np.ndarray, out: np.ndarray | None = None, copy: int = 0) -> np.ndarray:
        """The dropped-out rows, in an array of their own, or in out, which may be rows itself.

        rows  float32 or float64, [row, ...] in any shape with the plan's length for each row. An array that is not
              C-contiguous is copied first.
        out   Of the type and shape of rows, and C-contiguous, or it is refused.
        """
        keys, rows, suffix = self._check(keys, rows, copy)
        result = _output(out, rows.shape, rows.dtype)
        self._library.call(
            f"sd_apply_{suffix}", self._handle, keys.ctypes.data, len(keys), rows.ctypes.data, result.ctypes.data
        )
        return result

    def expand(
        self, keys: Keys, rows: np.ndarray, copies: int, keep_original: bool = False, out: np.ndarray | None = None
    ) -> np.ndarray:
        """All copies of the first row, after the row itself if it is kept; then those of the second row, and so on.

        It is what ML.NET's stage does with Copies, KeepOriginal and MaskKeyColumnName. Rows and out are as in apply,
        but out has more rows and does not overlap.
        """
        keys, rows, suffix = self._check(keys, rows, copy=0)
        result = _output(out, (len(rows) * (copies + bool(keep_original)), *rows.shape[1:]), rows.dtype)
        self._library.call(
            f"sd_expand_{suffix}", self._handle, keys.ctypes.data, len(keys), copies, bool(keep_original),
            rows.ctypes.data, result.ctypes.data
        )
        return result

    def close(self) -> None:
        """Frees the plan now, rather than when nothing refers to it any more."""
        self._free()

    def __enter__(self) -> Plan:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[Callable, tuple]:
        return Plan, (self.options, self.length, self._path)

    def __repr__(self) -> str:
        return f"Plan({self.options!r}, {self.length})"

    def _hash(self, keys: Keys, copy: int) -> np.ndarray:
        read = mask_keys.read(keys)
        if isinstance(read, Texts):
            hashed = np.empty(len(read.offsets) - 1, KEY)
            self._library.call(
                "sd_keys_from_utf8_large", read.data, read.offsets.ctypes.data, len(hashed), hashed.ctypes.data
            )
        elif read.dtype == KEY:
            hashed = read
        else:
            hashed = np.empty(len(read), KEY)
            self._library.call("sd_keys_from_int64", read.ctypes.data, len(hashed), hashed.ctypes.data)
        return mask_keys.with_copy(hashed, copy)

    def _check(self, keys: Keys, rows: np.ndarray, copy: int) -> tuple[np.ndarray, np.ndarray, str]:
        """The hashed keys, rows that the library can read, and the ending of its functions for them."""
        if not isinstance(rows, np.ndarray) or rows.dtype not in _SUFFIXES:
            kind = rows.dtype if isinstance(rows, np.ndarray) else type(rows).__name__
            raise ValueError(f"The rows must be a NumPy array of float32 or float64, but are {kind}.")
        if rows.ndim == 0 or int(np.prod(rows.shape[1:])) != self.length:
            raise ValueError(f"The rows must have {self.length} elements each, but the array's shape is {rows.shape}.")
        keys = self._hash(keys, copy)
        if len(keys) != len(rows):
            raise ValueError(f"There must be one key for each of {len(rows)} rows, but there are {len(keys)}.")
        return keys, np.require(rows, requirements=["C", "A"]), _SUFFIXES[rows.dtype]


def _output(out: np.ndarray | None, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    if out is None:
        return np.empty(shape, dtype)
    if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype != dtype:
        kind = f"{out.dtype} of shape {out.shape}" if isinstance(out, np.ndarray) else type(out).__name__
        raise ValueError(f"out must be {dtype} of shape {shape}, but is {kind}.")
    if not out.flags.carray:
        raise ValueError("out must be C-contiguous, aligned and writable.")
    return out


def _free(library: Library, handle: ctypes.c_void_p) -> None:
    # A forked child has the plan's number, but not the library that could free it.
    try:
        library.call("sd_plan_free", handle)
    except RuntimeError:
        pass
