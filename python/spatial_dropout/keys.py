"""What names the masks of rows."""
from __future__ import annotations

from typing import NamedTuple, Sequence, Union

import numpy as np


# A mask key as it is: two halves of a hash, or a row's number, and which copy of the row. It has the layout of sd_key
# in the library.
KEY = np.dtype([("low", np.uint64), ("high", np.uint64), ("copy", np.uint32), ("reserved", np.uint32)])


class Texts(NamedTuple):
    """Texts as Apache Arrow lays them out: text i is data[offsets[i]:offsets[i + 1]], in UTF-8."""

    data: bytes
    offsets: np.ndarray


Keys = Union[Sequence[str], Sequence[int], np.ndarray]


def row_keys(first: int, count: int) -> np.ndarray:
    """The mask keys of rows that are known by number. The first of them has the number first in the whole set."""
    keys = np.zeros(count, KEY)
    keys["low"] = np.arange(count, dtype=np.uint64) + np.uint64(first % 2**64)
    return keys


def with_copy(keys: np.ndarray, copy: int) -> np.ndarray:
    """The mask keys of another copy of the same rows."""
    if copy == 0:
        return keys
    keys = keys.copy()
    keys["copy"] += np.uint32(copy % 2**32)
    return keys


def read(keys: Keys) -> Texts | np.ndarray:
    """Tells texts from integers (as int64) and from mask keys (of type KEY), and refuses all else."""
    if isinstance(keys, (str, bytes)):
        raise ValueError("The keys must be one for each row, but are a single text.")
    if isinstance(keys, np.ndarray):
        if keys.ndim != 1:
            raise ValueError(f"The keys must have one axis, but have {keys.ndim}.")
        if keys.dtype == KEY:
            return np.ascontiguousarray(keys)
        if keys.dtype.kind in "iub":
            # An unsigned integer above the largest signed one keeps its 64 bits.
            return np.ascontiguousarray(keys.astype(np.int64))
    items = keys.tolist() if isinstance(keys, np.ndarray) else list(keys)

    # Not by np.asarray, which makes texts of integers among texts.
    kinds = set(map(type, items))
    if all(issubclass(kind, str) for kind in kinds):
        return _texts(items)
    if all(issubclass(kind, (int, np.integer, np.bool_)) for kind in kinds):
        return _integers(items)
    names = ", ".join(sorted(kind.__name__ for kind in kinds))
    raise ValueError(f"The keys must all be texts or all be integers, but are of type {names}. A missing text is ''.")


def _integers(items: list[int]) -> np.ndarray:
    wrong = [item for item in items if not -(2**63) <= item < 2**64]
    if wrong:
        raise ValueError(f"The keys must be integers of 64 bits, but one is {wrong[0]}.")
    return np.array([int(item) % 2**64 for item in items], np.uint64).view(np.int64)


def _texts(items: list[str]) -> Texts:
    encoded = [_utf8(item) for item in items]
    offsets = np.zeros(len(items) + 1, np.int64)
    np.cumsum([len(item) for item in encoded], out=offsets[1:])
    return Texts(b"".join(encoded), offsets)


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        # A lone surrogate counts as U+FFFD. The other way of Python, "replace", writes a question mark.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
